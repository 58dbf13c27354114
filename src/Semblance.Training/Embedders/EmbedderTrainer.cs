using Semblance.Conversion.Onnx;
using Semblance.Evaluation.Verification;
using Semblance.Training.Identity;
using Semblance.Training.Losses;
using Semblance.Training.Networks;
using Semblance.Training.Trainer;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Embedders;

/// <summary>Trains an embedder from data to a checkpoint of its best state.</summary>
/// <param name="options">How.</param>
/// <param name="view">Shows it.</param>
internal sealed class EmbedderTrainer(EmbedderOptions options, ITrainingView view)
{
    private const string NetworkKey = "network",
        HeadKey = "head";

    /// <summary>Trains.</summary>
    /// <returns>The network in its best state as measured on the verification sets, else in its last one.</returns>
    /// <exception cref="TrainingException">Options, data or checkpoint cannot be used, or training diverges.</exception>
    /// <exception cref="OperationCanceledException">Stopped; once training has begun a checkpoint is there.</exception>
    internal async Task<TrainedEmbedder> RunAsync(CancellationToken cancellationToken = default)
    {
        string[] problems = [.. options.Problems()];
        if (problems.Length > 0)
            throw new TrainingException(string.Join("; ", problems));
        _ = Export.EmbedderExport.IdOf(options);
        if (options.Threads is { } threads)
            set_num_threads(threads);
        Device device = DeviceChoice.Open(options.Device, options.Precision, view.Say);
        RunFolder folder = RunFolder.Open(options.Out, options.Start);
        random.manual_seed(StepRandom.SeedOf(options.Seed, 0, RandomStream.Weights));
        TrainableEmbedder embedder = Backbones.Create(options.Backbone, options.Init);
        nn.Module<Tensor, Tensor> network = embedder.Network;
        network.to(device);

        using Croppers croppers = Croppers.Open(options);
        FaceCropper cropper = croppers.All[0];
        string cache = options.Cache ?? folder.Crops;
        LabelledCrops people = LabelledCrops.Open(options, croppers.All, cache, embedder.Layout, view.Say, cancellationToken);
        VerificationSet[] sets =
        [
            .. options.Evaluate.Select(source =>
                VerificationSet.Open(source, options.EvaluateImages, cropper, cache, options.Threads, cancellationToken)
            ),
        ];
        string[] twice = [.. sets.GroupBy(set => set.Name).Where(group => group.Count() > 1).Select(group => group.Key)];
        if (twice.Length > 0)
            throw new TrainingException(
                $"--eval: several lists are called {string.Join(", ", twice)}, so their figures could not be told apart; "
                    + $"name the files differently"
            );
        CalibrationFaces? calibration = CalibrationFaces.Open(options, people, cropper, cache, cancellationToken);
        DistilledCrops? distilled = DistilledCrops.Open(options, embedder, cropper, cache, device, view.Say, cancellationToken);

        Tensor classes = embedder.Trained
            ? ClassMeans(people, embedder, cancellationToken)
            : ClassifierHead.RandomWeight(people.Classes, TrainableEmbedder.Dimension, options.Seed);
        using ClassifierHead head = new(classes, MarginOf(options), options.InterclassFilter);
        head.to(device);
        (LabelledFaces faces, DistilledFaces? unlabelled) = Prepare(embedder, people, distilled, cache, cancellationToken);
        using MomentumSgd optimizer = new([.. Trained(network, head)], options.Momentum);
        TrainingState state = new(new Dictionary<string, nn.Module> { [NetworkKey] = network, [HeadKey] = head }, optimizer);
        TrainingPlan plan = PlanOf(people, croppers) with
        {
            Beginning = embedder.Trained ? FirstMeasurement.BeforeTraining : FirstMeasurement.AfterTraining,
        };
        long start = options.Start == RunStart.Resume ? state.Load(folder.Checkpoint, plan.Fingerprint) : 0;
        view.Say(
            $"{people.Classes} people, {people.Crops.Count} "
                + $"crops{(distilled is null ? "" : $", {distilled.Crops.Count} to distil from")}"
                + $"{(people.Aside is { } aside ? $", {aside.Classes} people kept aside" : "")}; "
                + $"{plan.Rate.TotalSteps} steps{(start > 0 ? $", from {start}" : "")}"
        );

        BestState best = new(network, folder, view.Say);
        await using EmbedderObjective objective = new(options, network, head, faces, unlabelled, device);
        objective.Start(start * plan.Accumulate, cancellationToken);
        network.train();
        await new TrainingLoop(plan, state, folder, view)
            .RunAsync(
                start,
                objective.NextAsync,
                sets.Length == 0 ? null : Measure,
                () => objective.Rows is { } rows ? new Dictionary<string, Tensor> { [$"{HeadKey}.weight"] = rows } : null,
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        long step = sets.Length > 0 ? best.Restore(plan.Rate.TotalSteps) : plan.Rate.TotalSteps;
        network.eval();
        if (step == 0)
            view.Say(
                "warning: no state was better on the verification sets than the one before training; the model is what it started from"
            );
        return new(embedder, step, plan.Rate.TotalSteps, people.Classes, people.Crops.Count, distilled?.Crops.Count ?? 0, calibration);

        IReadOnlyDictionary<string, double> Measure(long step)
        {
            Dictionary<string, double> figures = Figures(sets, embedder, cancellationToken);
            best.Offer(
                step,
                figures.Where(figure => figure.Key.EndsWith(RunRecord.Accuracy, StringComparison.Ordinal)).Average(figure => figure.Value)
            );
            return figures;
        }
    }

    /// <summary>Class weights of a network that knows faces: the mean embedding of each person's crops.</summary>
    private Tensor ClassMeans(LabelledCrops people, TrainableEmbedder embedder, CancellationToken stop)
    {
        using var none = no_grad();
        float[][] vectors = CropEmbedding.Embed(
            embedder.ToOnnx(),
            people.Crops,
            people.Layout,
            threads: options.Threads,
            cancellationToken: stop
        );
        float[] sums = new float[people.Classes * vectors[0].Length];
        for (int i = 0; i < vectors.Length; i++)
        for (int d = 0; d < vectors[i].Length; d++)
            sums[people.Labels[i] * vectors[i].Length + d] += vectors[i][d];
        return nn.functional.normalize(tensor(sums, [people.Classes, vectors[0].Length]));
    }

    private static Margin MarginOf(EmbedderOptions options) =>
        options.Loss switch
        {
            LossKind.Softmax => new SoftmaxMargin(options.Scale),
            LossKind.CosFace => new CosFaceMargin(options.Margin ?? CosFaceMargin.DefaultMargin, options.Scale),
            LossKind.ArcFace => new ArcFaceMargin(options.Margin ?? ArcFaceMargin.DefaultMargin, options.Scale),
            LossKind.ArcFaceEasy => new ThresholdArcFaceMargin(
                AngularFallback.Easy,
                options.Margin ?? ArcFaceMargin.DefaultMargin,
                options.Scale
            ),
            LossKind.Combined => new CombinedMargin(1, options.Margin ?? ArcFaceMargin.DefaultMargin, 0, options.Scale),
            _ => new AdaFaceMargin(options.Margin ?? AdaFaceMargin.DefaultMargin, options.Scale),
        };

    /// <summary>Freezes the first layers, and where asked computes them once for all.</summary>
    private (LabelledFaces Labelled, DistilledFaces? Distilled) Prepare(
        TrainableEmbedder embedder,
        LabelledCrops people,
        DistilledCrops? distilled,
        string cache,
        CancellationToken stop
    )
    {
        int unlabelledSeed = options.Seed + DistilledCrops.SeedOffset;
        if (options.Views == 0)
        {
            Freeze(embedder);
            return (
                new(
                    new CropBatches(people.Crops, options.Batch, options.Augmentation, people.Layout, options.Seed),
                    people.Labels,
                    people.Classes
                ),
                distilled is null
                    ? null
                    : new(
                        new CropBatches(distilled.Crops, options.DistillBatch, DistilledCrops.Variation, distilled.Layout, unlabelledSeed),
                        distilled.Targets
                    )
            );
        }
        if (embedder.CutBefore is null)
            throw new TrainingException($"--views: {options.Backbone} cannot be cut; leave it out");
        OnnxModel frozen = embedder.CutBefore(options.Freeze);
        view.Say($"computing the frozen layers for {options.Views} variations of every crop");
        FrozenViews labelled = FrozenViews.Make(
            frozen,
            people.Crops,
            options.Views,
            options.Augmentation,
            people.Layout,
            options.Seed,
            cache,
            options.Threads,
            stop
        );
        FrozenViews? others = distilled is null
            ? null
            : FrozenViews.Make(
                frozen,
                distilled.Crops,
                options.Views,
                DistilledCrops.Variation,
                distilled.Layout,
                unlabelledSeed,
                cache,
                options.Threads,
                stop
            );
        return (
            new(new ViewBatches(labelled, options.Batch, options.Seed), people.Labels, people.Classes),
            others is null ? null : new(new ViewBatches(others, options.DistillBatch, unlabelledSeed), distilled!.Targets)
        );
    }

    private void Freeze(TrainableEmbedder embedder)
    {
        if (options.Freeze == 0)
            return;
        if (embedder.Layers.Count == 0)
            throw new TrainingException(
                $"--freeze: layers of {options.Backbone} cannot be frozen, because its batch norms learn statistics; leave it out"
            );
        if (options.Freeze >= embedder.Layers.Count)
            throw new TrainingException(
                $"--freeze {options.Freeze}: {options.Backbone} has {embedder.Layers.Count} layers that can be frozen, and "
                    + $"one at least must be trained"
            );
        HashSet<string> frozen = [.. embedder.Layers.Take(options.Freeze).SelectMany(keys => keys)];
        foreach ((string name, Parameter parameter) in embedder.Network.named_parameters())
            parameter.requires_grad = parameter.requires_grad && !frozen.Contains(name);
    }

    private IEnumerable<TrainedParameter> Trained(nn.Module<Tensor, Tensor> network, ClassifierHead head)
    {
        HashSet<string> norms = BatchNorms.KeysOf(network);
        foreach ((string name, Parameter parameter) in network.named_parameters())
            if (parameter.requires_grad)
                yield return new($"{NetworkKey}.{name}", parameter, norms.Contains(name) ? 0 : options.WeightDecay);
        yield return new($"{HeadKey}.weight", head.Weight, options.WeightDecay, options.HeadRateFactor);
    }

    private TrainingPlan PlanOf(LabelledCrops people, Croppers croppers)
    {
        double stepsPerEpoch = (double)people.Crops.Count / (options.Batch * options.Accumulate);
        long steps = Math.Max(1, (long)Math.Round(options.Epochs * stepsPerEpoch));
        return new()
        {
            Rate = new()
            {
                Base = options.Rate,
                TotalSteps = steps,
                WarmupSteps = (long)(options.Warmup * stepsPerEpoch),
                Decay = options.Decay,
                Milestones = [.. options.Milestones.Select(epoch => (long)(epoch * stepsPerEpoch))],
            },
            SamplesPerStep = (options.Batch + (options.Distill.Count > 0 ? options.DistillBatch : 0)) * options.Accumulate,
            StepsPerEpoch = stepsPerEpoch,
            Accumulate = options.Accumulate,
            Clip = options.Clip,
            CheckpointEvery = options.CheckpointEvery,
            MeasureEvery = Math.Max(1, (long)(options.EvaluateEvery * stepsPerEpoch)),
            LogEvery = (int)Math.Clamp(steps / 100, 1, 10),
            Seed = options.Seed,
            Threads = options.Threads,
            Fingerprint =
                $"{options.Fingerprint} data {people.Fingerprint} by {string.Join(" and ", croppers.All.Select(cropper => cropper.Id))}",
        };
    }

    private Dictionary<string, double> Figures(VerificationSet[] sets, TrainableEmbedder embedder, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, double> figures = [];
        OnnxModel model = embedder.ToOnnx();
        foreach (VerificationSet set in sets)
        {
            VerificationReport report = VerificationMeasurement.Measure(set, crops =>
                CropEmbedding.Embed(model, crops, embedder.Layout, set.Degradation, options.Threads, stop)
            );
            figures[set.Name + RunRecord.Accuracy] = report.Accuracy;
            figures[$"{set.Name}.tar@1e-2"] = report.TarAtFmr["1e-2"];
            figures[$"{set.Name}.tar@1e-3"] = report.TarAtFmr["1e-3"];
        }
        return figures;
    }
}
