using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Trainer;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>
/// After the trunk is trained, fits a hidden layer and heads to its averaged maps, which are computed once for a few views of every picture: cheap, so that many
/// epochs are possible. Kept only if it is better on the validation set than the heads that were trained along with the trunk.
/// </summary>
internal sealed class HeadRefit(IAttributeTask task, AttributeNetwork network, HeadRefitOptions options, TextWriter progress)
{
    private const int ComputeBatch = 64;

    /// <summary>Fits the heads.</summary>
    /// <returns>The better heads, with the outputs for the validation crops and for their mirror images.</returns>
    public (HeadLayers Layers, float[] Plain, float[] Mirrored) Run(int side, CancellationToken cancellationToken)
    {
        float[] plain = Features(task.ValidationCrops, side, Mirror.No, cancellationToken), mirrored = Features(task.ValidationCrops, side, Mirror.Yes, cancellationToken);
        (float[] weights, float[] biases) = network.Heads;
        HeadLayers best = new(null, new(weights, biases));
        double bestScore = Score(best, plain, mirrored);
        progress.WriteLine($"heads of the run: score {bestScore:0.0000}");
        FaceCrop[] crops = [.. Enumerable.Range(0, task.SampleCount).Select(task.Crop)];
        List<float[]> views = [];
        for (int view = 0; view < options.Views; view++)
        {
            views.Add(view switch
            {
                0 => Features(crops, side, Mirror.No, cancellationToken),
                1 => Features(crops, side, Mirror.Yes, cancellationToken),
                _ => VariedFeatures(crops, side, view, cancellationToken),
            });
            progress.WriteLine($"features of {crops.Length} pictures, view {view + 1} of {options.Views}");
        }
        foreach (HeadLayers fitted in Fit(views, cancellationToken))
        {
            double score = Score(fitted, plain, mirrored);
            if (score <= bestScore) continue;
            (best, bestScore) = (fitted, score);
            progress.WriteLine($"refitted heads: score {score:0.0000}");
        }
        return (best, Apply(best, plain), Apply(best, mirrored));
    }

    /// <summary>The heads' outputs for features.</summary>
    public static float[] Apply(HeadLayers layers, float[] features)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        Tensor x = tensor(features, [features.Length / (layers.Hidden ?? layers.Heads).Inputs, (layers.Hidden ?? layers.Heads).Inputs]);
        if (layers.Hidden is { } hidden) x = nn.functional.relu(Dense(hidden, x));
        return Dense(layers.Heads, x).data<float>().ToArray();

        static Tensor Dense(LinearLayer layer, Tensor x) => nn.functional.linear(x, tensor(layer.Weights, [layer.Outputs, layer.Inputs]), tensor(layer.Biases));
    }

    private double Score(HeadLayers layers, float[] plain, float[] mirrored)
    {
        float[] a = Apply(layers, plain), b = Apply(layers, mirrored);
        return task.Judge([.. a.Zip(b, (x, y) => (x + y) / 2)])["score"];
    }

    private IEnumerable<HeadLayers> Fit(List<float[]> views, CancellationToken cancellationToken)
    {
        int width = views[0].Length / task.SampleCount;
        random.manual_seed(options.Seed);
        Linear hidden = nn.Linear(width, options.Hidden), heads = nn.Linear(options.Hidden, task.Outputs);
        Dropout before = nn.Dropout(options.FeatureDropout), between = nn.Dropout(options.HiddenDropout);
        using DecoupledAdam optimizer = new([.. hidden.parameters().Concat(heads.parameters()).Select(p => (p, 1.0))], options.Decay);
        Random chance = StepRandom.For(options.Seed, 0, RandomStream.Network);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] order = task.DrawEpoch(StepRandom.For(options.Seed, 1000 + epoch, RandomStream.Order));
            int steps = order.Length / options.Batch;
            for (int step = 0; step < steps; step++)
            {
                int[] samples = order[(step * options.Batch)..((step + 1) * options.Batch)];
                float[] batch = new float[samples.Length * width];
                for (int i = 0; i < samples.Length; i++)
                    views[chance.Next(views.Count)].AsSpan(samples[i] * width, width).CopyTo(batch.AsSpan(i * width));
                using DisposeScope scope = NewDisposeScope();
                optimizer.ZeroGradients();
                Tensor x = nn.functional.relu(hidden.forward(before.forward(tensor(batch, [samples.Length, width]))));
                task.Loss(heads.forward(between.forward(x)), samples).backward();
                optimizer.Step(options.Rate * RateSchedule.At((epoch + (double)step / steps) / options.Epochs, 0.05));
            }
            yield return new(Numbers(hidden), Numbers(heads));
        }

        static LinearLayer Numbers(Linear layer) => new(layer.weight.detach().data<float>().ToArray(), layer.bias!.detach().data<float>().ToArray());
    }

    private float[] Features(IReadOnlyList<FaceCrop> crops, int side, Mirror mirror, CancellationToken cancellationToken) =>
        Compute(crops.Count, side, (i, planes) => CropSampler.Plain(crops[i], side, planes, mirror), cancellationToken);

    private float[] VariedFeatures(FaceCrop[] crops, int side, int view, CancellationToken cancellationToken) => Compute(
        crops.Length, side,
        (i, planes) => CropSampler.Varied(crops[i], side, options.Augmentation, StepRandom.For(options.Seed, ((long)view << 40) + i, RandomStream.Augmentation), planes),
        cancellationToken);

    private delegate void Draw(int index, Span<float> planes);

    private float[] Compute(int count, int side, Draw draw, CancellationToken cancellationToken)
    {
        network.eval();
        int area = 3 * side * side;
        List<float> features = [];
        using var noGradients = no_grad();
        for (int first = 0; first < count; first += ComputeBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int size = Math.Min(ComputeBatch, count - first);
            float[] planes = new float[size * area];
            for (int i = 0; i < size; i++) draw(first + i, planes.AsSpan(i * area, area));
            using DisposeScope scope = NewDisposeScope();
            features.AddRange(network.Features(tensor(planes, [size, 3, side, side])).data<float>().ToArray());
        }
        return [.. features];
    }
}
