using Semblance.Conversion.Architectures;
using Semblance.Training.Detectors.Networks;
using Semblance.Training.Detectors.Pictures;
using Semblance.Training.Embedders;
using Semblance.Training.Networks;
using Semblance.Training.Networks.Official;
using Semblance.Training.Trainer;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Detectors;

/// <summary>Trains a detector from data to the best state of the running average of its weights.</summary>
/// <param name="options">How.</param>
/// <param name="view">Shows it.</param>
internal sealed class DetectorTrainer(DetectorOptions options, ITrainingView view)
{
    private const string NetworkKey = "network",
        AverageKey = "average";

    private static readonly RetinaFaceMobileNet Architecture = new();

    /// <summary>Trains.</summary>
    /// <returns>The network in the state that measured best, with its number of steps.</returns>
    /// <exception cref="TrainingException">Options, data or checkpoint cannot be used, or training diverges.</exception>
    /// <exception cref="OperationCanceledException">Stopped; once training has begun a checkpoint is there.</exception>
    public async Task<TrainedDetector> RunAsync(CancellationToken cancellationToken = default)
    {
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0)
            throw new TrainingException(string.Join("; ", problems));
        if (options.Threads is { } threads)
            set_num_threads(threads);
        RunFolder folder = RunFolder.Open(options.Out, options.Start);
        random.manual_seed(StepRandom.SeedOf(options.Seed, 0, RandomStream.Weights));
        RetinaFaceNetwork network = new(),
            average = new();
        if (options.Init is { } init)
            OfficialWeights.Load(network, Architecture, init);
        RetinaFaceNetwork? teacher = null;
        if (options.Teacher is { } path)
        {
            teacher = new();
            OfficialWeights.Load(teacher, Architecture, path);
            teacher.eval();
        }
        using DetectorPictures pictures = DetectorPictures.Open(options, Path.Combine(options.Out, "pixels"), cancellationToken);
        DetectorMeasurement measurement = new(pictures.Aside, Path.Combine(options.Out, "measured"), options.Threads);
        using ResumableAdam optimizer = new([.. Trained(network)]);
        TrainingState state = new(new Dictionary<string, nn.Module> { [NetworkKey] = network, [AverageKey] = average }, optimizer);
        TrainingPlan plan = PlanOf(pictures);
        long start = options.Start == RunStart.Resume ? state.Load(folder.Checkpoint, plan.Fingerprint) : 0;
        if (start == 0)
            Average(network, average, 0);
        view.Say(
            $"{pictures.Fingerprint}, {pictures.Aside.Count} pictures kept aside; {plan.Rate.TotalSteps} "
                + $"steps{(start > 0 ? $", from {start}" : "")}"
        );
        BestState best = new(average, folder, view.Say);
        await using DetectorObjective objective = new(
            options,
            network,
            teacher,
            new SceneSampler(pictures.Scenes, options.Scenes, options.Seed)
        );
        network.train();
        average.eval();
        await new TrainingLoop(plan, state, folder, view)
            .RunAsync(
                start,
                objective.NextAsync,
                pictures.Aside.Count == 0 ? null : Measure,
                updated: done => Average(network, average, Math.Min(options.Average, (1.0 + done) / (10.0 + done))),
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        long step = pictures.Aside.Count > 0 ? best.Restore(plan.Rate.TotalSteps) : plan.Rate.TotalSteps;
        return new(average, Architecture, step, pictures.Fingerprint);

        IReadOnlyDictionary<string, double> Measure(long step)
        {
            Dictionary<string, double> figures = measurement.Measure(
                Architecture.Build(OfficialWeights.Of(average)),
                Architecture,
                cancellationToken
            );
            best.Offer(step, figures.Values.Average());
            foreach ((string name, double value) in objective.Parts)
                figures[name] = value;
            return figures;
        }
    }

    /// <summary>Takes the weights and statistics of the network into their running average (Polyak, Juditsky, 1992).</summary>
    private static void Average(RetinaFaceNetwork network, RetinaFaceNetwork average, double keep)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        using Scalar stays = keep,
            comes = 1 - keep;
        Dictionary<string, Tensor> present = network.state_dict();
        foreach ((string key, Tensor mean) in average.state_dict())
        {
            if (mean.is_floating_point())
                mean.mul_(stays).add_(present[key], comes);
        }
    }

    private IEnumerable<TrainedParameter> Trained(RetinaFaceNetwork network)
    {
        HashSet<string> norms = BatchNorms.KeysOf(network);
        foreach ((string name, Parameter parameter) in network.named_parameters())
            yield return new($"{NetworkKey}.{name}", parameter, norms.Contains(name) || parameter.dim() == 1 ? 0 : options.WeightDecay);
    }

    private TrainingPlan PlanOf(DetectorPictures pictures) =>
        new()
        {
            Rate = new()
            {
                Base = options.Rate,
                TotalSteps = options.Steps,
                WarmupSteps = options.Warmup,
                CooldownSteps = options.Cooldown,
                Decay = RateDecay.Late,
            },
            SamplesPerStep = options.Batch,
            StepsPerEpoch = (double)pictures.Scenes.Labelled.Count / options.Batch,
            Clip = options.Clip,
            CheckpointEvery = options.CheckpointEvery,
            MeasureEvery = options.MeasureEvery,
            Seed = options.Seed,
            Threads = options.Threads,
            Fingerprint = $"{options.Fingerprint} data {pictures.Fingerprint}",
        };
}

/// <summary>What a run ends with.</summary>
/// <param name="Network">The network in its best state.</param>
/// <param name="Architecture">What it is.</param>
/// <param name="Step">Steps done in that state.</param>
/// <param name="Data">What it was trained on, in words.</param>
internal sealed record TrainedDetector(RetinaFaceNetwork Network, IArchitecture Architecture, long Step, string Data);
