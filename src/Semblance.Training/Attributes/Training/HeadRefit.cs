using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Trainer;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>
/// After the trunk is trained, fits a hidden layer and heads to features that are computed once for a few views of every picture: cheap, so
/// that many epochs are possible. The epoch that is best on the validation set is kept, or the heads that were trained along with the trunk
/// if they are better.
/// </summary>
internal sealed class HeadRefit(IAttributeTask task, IReadOnlyList<IFeatureSource> sources, HeadRefitOptions options, TextWriter progress)
{
    /// <summary>The rate rises over the first of so many parts.</summary>
    private const int WarmUpPart = 20;

    private int Width => sources.Sum(source => source.Width);

    /// <summary>Fits the heads.</summary>
    /// <param name="trained">Heads of the run, for the first source alone; null for none to compare with.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The better heads, with the outputs for the validation crops and for their mirror images; without
    /// <see cref="HeadRefitOptions.Mirror"/> the former twice.</returns>
    public (HeadLayers Layers, float[] Plain, float[] Mirrored) Run(HeadLayers? trained, CancellationToken cancellationToken)
    {
        float[] plain = Features(task.ValidationCrops, cancellationToken),
            mirrored = options.Mirror ? Features(View(task.ValidationCrops, 1), cancellationToken) : plain;
        HeadLayers? best = sources.Count == 1 ? trained : null;
        double bestScore = best is null ? double.MinValue : Score(best, plain, mirrored);
        if (best is not null)
            progress.WriteLine($"heads of the run: score {bestScore:0.0000}");
        if (options.Views == 0)
            return best is null
                ? throw new TrainingException("--views 0 keeps the heads of the run, which there are none of here")
                : (best, Apply(best, plain), Apply(best, mirrored));
        FaceCrop[] crops = [.. Enumerable.Range(0, task.SampleCount).Select(task.Crop)];
        List<float[]> views = [];
        for (int view = 0; view < options.Views; view++)
        {
            views.Add(Features(View(crops, view), cancellationToken));
            progress.WriteLine($"features of {crops.Length} pictures, view {view + 1} of {options.Views}");
        }
        foreach (HeadLayers fitted in Fit(views, cancellationToken))
        {
            double score = Score(fitted, plain, mirrored);
            if (score <= bestScore)
                continue;
            (best, bestScore) = (fitted, score);
            progress.WriteLine($"refitted heads: score {score:0.0000}");
        }
        if (best is null)
            throw new TrainingException("the heads were fitted in no epoch");
        return (best, Apply(best, plain), Apply(best, mirrored));
    }

    /// <summary>The heads' outputs for features.</summary>
    public static float[] Apply(HeadLayers layers, float[] features)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        int inputs = (layers.Hidden ?? layers.Heads).Inputs;
        Tensor x = tensor(features, [features.Length / inputs, inputs]);
        if (layers.Hidden is { } hidden)
            x = nn.functional.relu(Dense(hidden, x));
        return Dense(layers.Heads, x).data<float>().ToArray();

        static Tensor Dense(LinearLayer layer, Tensor x) =>
            nn.functional.linear(x, tensor(layer.Weights, [layer.Outputs, layer.Inputs]), tensor(layer.Biases));
    }

    private double Score(HeadLayers layers, float[] plain, float[] mirrored)
    {
        float[] a = Apply(layers, plain),
            b = options.Mirror ? Apply(layers, mirrored) : a;
        return task.Judge([.. a.Zip(b, (x, y) => (x + y) / 2)])["score"];
    }

    private IEnumerable<HeadLayers> Fit(List<float[]> views, CancellationToken cancellationToken)
    {
        int width = Width;
        random.manual_seed(options.Seed);
        using Linear hidden = nn.Linear(width, options.Hidden),
            heads = nn.Linear(options.Hidden, task.Outputs);
        using Dropout before = nn.Dropout(options.FeatureDropout),
            between = nn.Dropout(options.HiddenDropout);
        using ResumableAdam optimizer = new([
            .. Decaying.Of(hidden.parameters(), nameof(hidden), options.Decay),
            .. Decaying.Of(heads.parameters(), nameof(heads), options.Decay),
        ]);
        Random chance = StepRandom.For(options.Seed, 0, RandomStream.Network);
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] order = task.DrawEpoch(StepRandom.For(options.Seed, 1000 + epoch, RandomStream.Order));
            int steps = order.Length / options.Batch;
            long total = (long)steps * options.Epochs;
            LearningRate rate = new()
            {
                Base = options.Rate,
                TotalSteps = total,
                WarmupSteps = total / WarmUpPart,
                Decay = RateDecay.Cosine,
            };
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
                optimizer.Update(rate.At((long)epoch * steps + step));
            }
            yield return new(Numbers(hidden), Numbers(heads));
        }

        static LinearLayer Numbers(Linear layer) =>
            new(layer.weight.detach().data<float>().ToArray(), layer.bias!.detach().data<float>().ToArray());
    }

    /// <summary>View 0 is the crop, 1 its mirror image, others are varied.</summary>
    private IReadOnlyList<FaceCrop> View(IReadOnlyList<FaceCrop> crops, int view) =>
        view switch
        {
            0 => crops,
            1 => new RedrawnCrops(crops, (crop, _) => CropSampler.Mirrored(crop)),
            _ => new RedrawnCrops(crops, (crop, i) =>
                CropSampler.Redrawn(
                    crop,
                    options.Augmentation,
                    StepRandom.For(options.Seed, ((long)view << 40) + i, RandomStream.Augmentation)
                )
            ),
        };

    private float[] Features(IReadOnlyList<FaceCrop> crops, CancellationToken cancellationToken)
    {
        float[][] parts = [.. sources.Select(source => source.Compute(crops, cancellationToken))];
        if (parts.Length == 1)
            return parts[0];
        float[] all = new float[crops.Count * Width];
        for (int part = 0, at = 0; part < parts.Length; at += sources[part++].Width)
        for (int i = 0; i < crops.Count; i++)
            parts[part].AsSpan(i * sources[part].Width, sources[part].Width).CopyTo(all.AsSpan(i * Width + at));
        return all;
    }
}
