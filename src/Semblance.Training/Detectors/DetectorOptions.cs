using System.Globalization;
using Semblance.Training.Detectors.Pictures;
using Semblance.Training.Trainer;

namespace Semblance.Training.Detectors;

/// <summary>How a detector is trained.</summary>
internal sealed record DetectorOptions
{
    /// <summary>Sources of labelled pictures: folders or <c>.tar</c> archives with an annotation file.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Folders of pictures of single faces, which only a teacher can label.</summary>
    public IReadOnlyList<string> Faces { get; init; } = [];

    /// <summary>Checkpoint of a trained network of the same kind that is learnt from; null to learn from labels alone.</summary>
    public string? Teacher { get; init; }

    /// <summary>What learns together.</summary>
    public DetectorLearning Learning { get; init; }

    /// <summary>Checkpoint to start from; null for random weights.</summary>
    public string? Init { get; init; }

    /// <summary>Folder of the run.</summary>
    public required string Out { get; init; }

    /// <summary>Whether a run is gone on with.</summary>
    public RunStart Start { get; init; }

    /// <summary>Id of the model; null for the folder's name.</summary>
    public string? Id { get; init; }

    /// <summary>Scenes of a step.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Steps of the run.</summary>
    public long Steps { get; init; } = 20_000;

    /// <summary>Last steps, over which the rate falls to 0.</summary>
    public long Cooldown { get; init; } = 5_000;

    /// <summary>First steps, over which the rate rises.</summary>
    public long Warmup { get; init; } = 200;

    /// <summary>Learning rate of AdamW.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Decay of the weights; the published one.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Longest gradient; 0 clips nothing.</summary>
    public double Clip { get; init; } = 20;

    /// <summary>Share of the running average of the weights that stays at a step.</summary>
    public double Average { get; init; } = 0.998;

    /// <summary>Weight of the labels beside a teacher.</summary>
    public double LabelWeight { get; init; } = 0.5;

    /// <summary>Weight of the teacher's maps.</summary>
    public double FeatureWeight { get; init; } = 2;

    /// <summary>How inputs are made.</summary>
    public SceneOptions Scenes { get; init; } = new();

    /// <summary>Steps between measurements on the pictures kept aside.</summary>
    public long MeasureEvery { get; init; } = 1_000;

    /// <summary>Steps between checkpoints.</summary>
    public long CheckpointEvery { get; init; } = 200;

    /// <summary>Threads of the network; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>License of the weights, in words or as SPDX id.</summary>
    public string License { get; init; } = "research-only";

    /// <summary>What the card calls the data; null for the names of the files.</summary>
    public string? DataName { get; init; }

    /// <summary>The command of the run, for the card; empty when there was none.</summary>
    public string Command { get; init; } = "";

    /// <summary>What must be the same when a run is resumed. Its length may change as long as the rate has not begun to fall.</summary>
    public string Fingerprint =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"detector batch {Batch} rate {Rate} warmup {Warmup} decay {WeightDecay} clip {Clip} average {Average} labels {LabelWeight} "
                + $"features {FeatureWeight} learning {Learning} teacher {Path.GetFileName(Teacher)} init {Path.GetFileName(Init)} seed "
                + $"{Seed}"
        );

    /// <summary>All that is wrong, in words.</summary>
    public IEnumerable<string> Problems()
    {
        if (Data.Count == 0)
            yield return "--data names no pictures";
        if (Batch < 1)
            yield return $"--batch {Batch} is not above 0";
        if (Steps < 1)
            yield return $"--steps {Steps} is not above 0";
        if (Cooldown < 0 || Cooldown > Steps)
            yield return $"--cooldown {Cooldown} is not between 0 and the number of steps";
        if (!(Rate > 0))
            yield return string.Create(CultureInfo.InvariantCulture, $"--lr {Rate} is not above 0");
        if (Average is not (>= 0 and < 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"--average {Average} is not from 0 to below 1");
        if (Scenes.Side < 64 || Scenes.Side % 32 != 0)
            yield return $"--size {Scenes.Side} is no multiple of 32 from 64 up";
        if (Faces.Count > 0 && Teacher is null)
            yield return "--faces: nobody labelled these pictures, so they need a --teacher";
        if (Learning == DetectorLearning.Blocks && Teacher is null)
            yield return "--learn blocks: every block learns from the one of a --teacher";
        if (Threads is < 1)
            yield return $"--threads {Threads} is not above 0";
    }
}

/// <summary>What learns together.</summary>
internal enum DetectorLearning
{
    /// <summary>The network as it is.</summary>
    Whole,

    /// <summary>Every block by itself, from the teacher's map before it to the teacher's map behind it: what a network of many layers
    /// learns fastest, and where training begins.</summary>
    Blocks,
}
