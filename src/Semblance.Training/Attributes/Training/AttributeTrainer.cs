using System.Diagnostics;
using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Trainer;
using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>Runs the epochs of one task: steps, averages, validation, checkpoints, metrics.</summary>
internal sealed class AttributeTrainer(IAttributeTask task, AttributeNetwork network, TrainingOptions options, TextWriter progress)
{
    private const int ValidationBatch = 64;
    private const double GradientNorm = 2;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    /// <summary>Trains to the last epoch.</summary>
    /// <returns>The figures of the best epoch, whose weights the network holds afterwards.</returns>
    public IReadOnlyDictionary<string, double> Run(CancellationToken cancellationToken)
    {
        using DecoupledAdam optimizer = new(
            [.. network.TrunkParameters.Select(p => (p, 1.0)), .. network.HeadParameters.Select(p => (p, options.HeadFactor))],
            options.Decay
        );
        using RunningAverage average = new(network.parameters());
        RunFolder folder = RunFolder.Open(options.Folder, options.Start);
        AttributeCheckpoint checkpoint = new(folder);
        RunState state =
            options.Start == RunStart.Resume ? checkpoint.Restore(network, optimizer, average, options.Fingerprint) : RunState.Start;
        using MetricsLog metrics = MetricsLog.Open(folder.Metrics, state.Steps);
        for (int epoch = state.Epoch; epoch < options.Epochs; epoch++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            double loss = RunEpoch(epoch, optimizer, average, cancellationToken);
            average.Swap();
            IReadOnlyDictionary<string, double> figures = task.Judge(
                Evaluate(network, task.ValidationCrops, options.Sides[epoch], cancellationToken)
            );
            bool best = figures["score"] > state.BestScore;
            if (best)
                checkpoint.SaveBest(network);
            average.Swap();
            state = new(epoch + 1, optimizer.Steps, best ? figures["score"] : state.BestScore, best ? figures : state.Best);
            checkpoint.Save(network, optimizer, average, state, options.Fingerprint);
            metrics.Write(
                state.Steps,
                new Dictionary<string, double>(figures)
                {
                    ["epoch"] = epoch + 1,
                    ["side"] = options.Sides[epoch],
                    ["loss"] = loss,
                    ["seconds"] = clock.Elapsed.TotalSeconds,
                }
            );
            progress.WriteLine(
                $"epoch {epoch + 1}/{options.Epochs}: loss {loss:0.0000}, "
                    + $"{string.Join(", ", figures.Select(f => $"{f.Key} {f.Value:0.0000}"))}{(best ? " (best)" : "")}, "
                    + $"{clock.Elapsed.TotalSeconds:0} s"
            );
        }
        checkpoint.LoadBest(network);
        return state.Best;
    }

    /// <summary>The network's outputs for crops.</summary>
    public static float[] Evaluate(AttributeNetwork network, IReadOnlyList<FaceCrop> crops, int side, CancellationToken cancellationToken)
    {
        network.eval();
        List<float> outputs = [];
        int area = 3 * side * side;
        using var noGradients = no_grad();
        for (int first = 0; first < crops.Count; first += ValidationBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(ValidationBatch, crops.Count - first);
            float[] planes = new float[count * area];
            for (int i = 0; i < count; i++)
                CropSampler.Plain(crops[first + i], side, planes.AsSpan(i * area, area));
            using DisposeScope scope = NewDisposeScope();
            outputs.AddRange(network.forward(tensor(planes, [count, 3, side, side])).data<float>().ToArray());
        }
        return [.. outputs];
    }

    private double RunEpoch(int epoch, DecoupledAdam optimizer, RunningAverage average, CancellationToken cancellationToken)
    {
        network.train();
        network.Freeze(epoch < options.Epochs - options.ThawedEpochs ? options.FrozenLayers : 0);
        int steps = task.DrawEpoch(StepRandom.For(options.Seed, epoch, RandomStream.Order)).Length / options.Batch,
            step = 0;
        long total = (long)steps * options.Epochs,
            done = (long)steps * epoch;
        LearningRate rate = new()
        {
            Base = options.Rate,
            TotalSteps = total,
            WarmupSteps = (long)(options.WarmUp * total),
            Decay = RateDecay.Cosine,
        };
        double sum = 0;
        Stopwatch clock = Stopwatch.StartNew(),
            report = Stopwatch.StartNew();
        foreach (TrainingBatch batch in BatchProducer.Epoch(task, options, epoch, cancellationToken))
        {
            random.manual_seed(StepRandom.SeedOf(options.Seed, done + step, RandomStream.Network));
            using DisposeScope scope = NewDisposeScope();
            optimizer.ZeroGradients();
            Tensor loss = task.Loss(
                network.forward(tensor(batch.Planes, [batch.Samples.Length, 3, batch.Side, batch.Side])),
                batch.Samples
            );
            loss.backward();
            nn.utils.clip_grad_norm_(network.parameters(), GradientNorm);
            optimizer.Step(rate.At(done + step));
            average.Update(done + step, options.Average);
            sum += loss.item<float>();
            if (!double.IsFinite(sum))
                throw new TrainingException($"the loss is no longer a number at step {step} of epoch {epoch + 1}; a lower --rate may help");
            step++;
            if (report.Elapsed < ReportEvery)
                continue;
            report.Restart();
            progress.WriteLine(
                $"epoch {epoch + 1}/{options.Epochs} at {batch.Side} px: step {step}/{steps}, loss {sum / step:0.0000}, "
                    + $"{clock.Elapsed.TotalSeconds / step * (steps - step):0} s left"
            );
        }
        return sum / step;
    }
}
