using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Networks;
using Semblance.Training.Embedders;
using Semblance.Training.Trainer;
using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>Trains one task from data to the best epoch of the running average of the weights.</summary>
/// <param name="task">What is learnt.</param>
/// <param name="network">Learns it.</param>
/// <param name="options">How.</param>
/// <param name="view">Shows it.</param>
internal sealed class AttributeTrainer(IAttributeTask task, AttributeNetwork network, TrainingOptions options, ITrainingView view)
{
    /// <summary>Before the name of every figure of the validation part.</summary>
    public const string Validation = "validation.";

    private const string NetworkKey = "network",
        AverageKey = "average",
        Score = "score";
    private const int ValidationBatch = 64;
    private const double GradientNorm = 2;

    /// <summary>Trains to the last epoch.</summary>
    /// <returns>The figures of the best epoch, whose weights the network holds afterwards.</returns>
    /// <exception cref="TrainingException">Options or checkpoint cannot be used, or training diverges.</exception>
    /// <exception cref="OperationCanceledException">Stopped; once training has begun a checkpoint is there.</exception>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(CancellationToken cancellationToken = default)
    {
        if (options.Threads is { } threads)
            set_num_threads(threads);
        RunFolder folder = RunFolder.Open(options.Folder, options.Start);
        using ResumableAdam optimizer = new([
            .. Decaying.Of(network.TrunkParameters, "trunk", options.Decay),
            .. Decaying.Of(network.HeadParameters, "heads", options.Decay, options.HeadFactor),
        ]);
        using RunningAverage average = new(network.parameters());
        TrainingState state = new(new Dictionary<string, nn.Module> { [NetworkKey] = network, [AverageKey] = average }, optimizer);
        EpochOrders orders = new(task, options);
        TrainingPlan plan = Plan(orders.StepsPerEpoch);
        long start = options.Start == RunStart.Resume ? state.Load(folder.Checkpoint, plan.Fingerprint) : 0;
        view.Say(
            $"{task.Description}, {task.ValidationCrops.Count} faces for validation; {plan.Rate.TotalSteps} "
                + $"steps{(start > 0 ? $", from {start}" : "")}"
        );
        BestState best = new(network, folder, view.Say);
        await using AttributeObjective objective = new(task, network, options, orders);
        await new TrainingLoop(plan, state, folder, view)
            .RunAsync(
                start,
                objective.NextAsync,
                Measure,
                updated: done => average.Update(done - 1, options.Average),
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        long step = best.Restore(plan.Rate.TotalSteps);
        RunRecord record = RunRecord.Read(folder.Metrics);
        return record
            .Measured.Select(name => (Name: name, Value: record.At(name, step)))
            .Where(figure => figure.Value is not null)
            .ToDictionary(figure => figure.Name[Validation.Length..], figure => figure.Value!.Value);

        IReadOnlyDictionary<string, double> Measure(long done)
        {
            int side = options.Sides[(int)(done / orders.StepsPerEpoch) - 1];
            average.Swap();
            try
            {
                IReadOnlyDictionary<string, double> figures = task.Judge(Evaluate(network, task.ValidationCrops, side, cancellationToken));
                best.Offer(done, figures[Score]);
                return figures.ToDictionary(figure => Validation + figure.Key, figure => figure.Value);
            }
            finally
            {
                average.Swap();
            }
        }
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

    private TrainingPlan Plan(int stepsPerEpoch)
    {
        long total = (long)stepsPerEpoch * options.Epochs;
        return new()
        {
            Rate = new()
            {
                Base = options.Rate,
                TotalSteps = total,
                WarmupSteps = (long)(options.WarmUp * total),
                Decay = RateDecay.Cosine,
            },
            SamplesPerStep = options.Batch,
            StepsPerEpoch = stepsPerEpoch,
            Clip = GradientNorm,
            CheckpointEvery = stepsPerEpoch,
            MeasureEvery = stepsPerEpoch,
            Threads = options.Threads,
            Seed = options.Seed,
            Fingerprint = options.Fingerprint,
        };
    }
}
