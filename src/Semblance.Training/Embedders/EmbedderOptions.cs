using System.Globalization;
using Semblance.Detection;
using Semblance.Models;
using Semblance.Training.Identity;
using Semblance.Training.Trainer;

namespace Semblance.Training.Embedders;

/// <summary>Everything that decides how an embedder is trained.</summary>
internal sealed record EmbedderOptions
{
    /// <summary>Part of the people that is kept aside where nothing is said.</summary>
    public const double DefaultKeepAside = 0.1;

    /// <summary>The licence where nothing is said.</summary>
    public const string DefaultLicense = "not stated";

    /// <summary>Faces: a folder, a CSV or a record file.</summary>
    public required string Data { get; init; }

    /// <summary>For a CSV: the folder of its files.</summary>
    public string? Images { get; init; }

    /// <summary>How pictures become crops.</summary>
    public CropSource Crops { get; init; } = CropSource.Detect;

    /// <summary>
    /// Catalogue ids of detectors. Each gives a crop of every picture that is trained on, so that the network sees the differences in how
    /// they place landmarks; the first one alone crops what is measured or distilled from.
    /// </summary>
    public IReadOnlyList<string> Detectors { get; init; } = [FaceDetectors.DefaultIn(ModelCatalog.Default)];

    /// <summary>The network: a name of <see cref="Networks.Backbones"/>, or <c>pack:ID</c>.</summary>
    public required string Backbone { get; init; }

    /// <summary>Checkpoint that training starts from; null for random numbers (or the pack's own).</summary>
    public string? Init { get; init; }

    /// <summary>The loss.</summary>
    public LossKind Loss { get; init; } = LossKind.AdaFace;

    /// <summary>Margin; null for the loss's own.</summary>
    public double? Margin { get; init; }

    /// <summary>Scale s of the logits.</summary>
    public double Scale { get; init; } = Losses.Margin.DefaultScale;

    /// <summary>Part of the classes that take part in a step.</summary>
    public double PartialRate { get; init; } = 1;

    /// <summary>Cosines of wrong classes above this are left out; 0 for none.</summary>
    public double InterclassFilter { get; init; }

    /// <summary>How crops are varied.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.AdaFace;

    /// <summary>Epochs.</summary>
    public double Epochs { get; init; } = 20;

    /// <summary>Samples of a batch.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Batches of an update.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Highest learning rate.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>What the learning rate of the classes is multiplied by.</summary>
    public double HeadRateFactor { get; init; } = 1;

    /// <summary>Epochs in which the rate rises.</summary>
    public double Warmup { get; init; }

    /// <summary>How the rate falls.</summary>
    public RateDecay Decay { get; init; } = RateDecay.Polynomial;

    /// <summary>Epochs at which it falls by 10, for steps.</summary>
    public IReadOnlyList<double> Milestones { get; init; } = [12, 20, 24];

    /// <summary>Momentum.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Longest gradient; 0 for any.</summary>
    public double Clip { get; init; } = 5;

    /// <summary>The first layers of the network that stay as they are.</summary>
    public int Freeze { get; init; }

    /// <summary>Where above 0, the frozen layers are computed once for so many variations of every crop, and only the others are trained on
    /// what they gave.</summary>
    public int Views { get; init; }

    /// <summary>Faces of nobody in particular whose varied crops must keep the embedding that the untrained network gives the clean
    /// ones.</summary>
    public IReadOnlyList<string> Distill { get; init; } = [];

    /// <summary>Samples of those in a batch.</summary>
    public int DistillBatch { get; init; } = 32;

    /// <summary>Weight of their loss.</summary>
    public double DistillWeight { get; init; } = 1;

    /// <summary>Pairs to measure on.</summary>
    public IReadOnlyList<string> Evaluate { get; init; } = [];

    /// <summary>Folder of those pairs' images.</summary>
    public string? EvaluateImages { get; init; }

    /// <summary>Epochs between measurements.</summary>
    public double EvaluateEvery { get; init; } = 1;

    /// <summary>Steps between checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 500;

    /// <summary>Pairs whose pictures the thresholds are measured on, people being folders; null for people of the data that are kept
    /// aside.</summary>
    public string? Calibrate { get; init; }

    /// <summary>Folder of those pairs' images; null for the list's own.</summary>
    public string? CalibrateImages { get; init; }

    /// <summary>Part of the people that is not trained on, for the thresholds, where <see cref="Calibrate"/> is null.</summary>
    public double KeepAside { get; init; } = DefaultKeepAside;

    /// <summary>Licence of the model that comes out, in words.</summary>
    public string License { get; init; } = DefaultLicense;

    /// <summary>What the data are, in words, for manifest and card; null for the name of <see cref="Data"/>.</summary>
    public string? DataName { get; init; }

    /// <summary>Seed of all random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Where it runs.</summary>
    public TrainingDevice Device { get; init; } = TrainingDevice.Cpu;

    /// <summary>How precise a card multiplies; the processor knows float32 alone.</summary>
    public CudaPrecision Precision { get; init; } = CudaPrecision.Tf32;

    /// <summary>Folder of cached crops; null for the run's own.</summary>
    public string? Cache { get; init; }

    /// <summary>Folder of the run.</summary>
    public required string Out { get; init; }

    /// <summary>Id of the model that comes out.</summary>
    public string? Id { get; init; }

    /// <summary>New, or from a checkpoint on.</summary>
    public RunStart Start { get; init; }

    /// <summary>The command as it was typed, for the card; empty where there was none.</summary>
    public string Command { get; init; } = "";

    /// <summary>What a resumed run must have in common with the first one.</summary>
    public string Fingerprint =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Backbone} {(Init is null ? "" : $"from {Path.GetFileName(Init)} ")}{Loss} margin {Margin} scale {Scale} partial "
                + $"{PartialRate} filter {InterclassFilter} augment {Augmentation} epochs {Epochs} batch {Batch}x{Accumulate} lr {Rate} "
                + $"head {HeadRateFactor} warmup {Warmup} {Decay} {string.Join(",", Milestones)} momentum {Momentum} decay {WeightDecay} "
                + $"clip {Clip} freeze {Freeze} views {Views} distill {string.Join(",", Distill)} {DistillBatch} {DistillWeight} aside "
                + $"{(Calibrate is null ? KeepAside : 0)} seed {Seed} eval {string.Join(",", Evaluate.Select(Path.GetFileName))} every "
                + $"{EvaluateEvery}"
        );

    /// <summary>Everything that is wrong, so that it can be told at once.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(Epochs > 0))
            yield return "--epochs must be above 0";
        if (Detectors.Count == 0)
            yield return "--detector needs one id at least";
        if (Batch < 2)
            yield return "--batch must be 2 or more";
        if (Margin < 0)
            yield return "--margin must be 0 or more";
        if (Accumulate < 1)
            yield return "--accumulate must be 1 or more";
        if (!(Rate > 0))
            yield return "--lr must be above 0";
        if (!(HeadRateFactor > 0))
            yield return "--head-lr must be above 0";
        if (Momentum is < 0 or >= 1)
            yield return "--momentum must be from 0 to below 1";
        if (WeightDecay < 0)
            yield return "--weight-decay must be 0 or more";
        if (PartialRate is <= 0 or > 1)
            yield return "--partial-fc must be above 0 and at most 1";
        if (InterclassFilter is < 0 or >= 1)
            yield return "--interclass-filter must be from 0 to below 1";
        if (Warmup < 0 || Warmup >= Epochs)
            yield return "--warmup must be from 0 to below the epochs";
        if (Freeze < 0)
            yield return "--freeze must be 0 or more";
        if (!(EvaluateEvery > 0))
            yield return "--eval-every must be above 0";
        if (Threads < 1)
            yield return "--threads must be 1 or more";
        if (Views < 0 || (Views > 0 && Freeze == 0))
            yield return "--views must be 0 or more and needs --freeze";
        if (KeepAside is < 0 or >= 1)
            yield return "--keep-aside must be from 0 to below 1";
        if (Scale <= 0)
            yield return "--scale must be above 0";
        if (Clip < 0)
            yield return "--clip must be 0 or more";
        if (CheckpointEvery < 1)
            yield return "--checkpoint-every must be 1 or more";
        if (Distill.Count > 0 && DistillBatch < 1)
            yield return "--distill-batch must be 1 or more";
        if (Distill.Count > 0 && !(DistillWeight > 0))
            yield return "--distill-weight must be above 0";
    }
}

/// <summary>The losses.</summary>
internal enum LossKind
{
    /// <summary><see cref="Losses.SoftmaxMargin"/>.</summary>
    Softmax,

    /// <summary><see cref="Losses.CosFaceMargin"/>.</summary>
    CosFace,

    /// <summary><see cref="Losses.ArcFaceMargin"/>.</summary>
    ArcFace,

    /// <summary><see cref="Losses.ThresholdArcFaceMargin"/> with the easy margin.</summary>
    ArcFaceEasy,

    /// <summary><see cref="Losses.CombinedMargin"/>.</summary>
    Combined,

    /// <summary><see cref="Losses.AdaFaceMargin"/>.</summary>
    AdaFace,
}

/// <summary>Processors that training runs on.</summary>
internal enum TrainingDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA card.</summary>
    Cuda,
}

/// <summary>How precise a card multiplies.</summary>
internal enum CudaPrecision
{
    /// <summary>Products and convolutions round their factors to 10 bits behind the point and add up in float32; the weights stay
    /// float32.</summary>
    Tf32,

    /// <summary>Everything in float32.</summary>
    Float32,
}
