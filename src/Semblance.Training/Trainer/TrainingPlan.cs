namespace Semblance.Training.Trainer;

/// <summary>How a run goes: everything that does not depend on what is trained.</summary>
internal sealed record TrainingPlan
{
    /// <summary>Learning rates, and with them the number of steps.</summary>
    public required LearningRate Rate { get; init; }

    /// <summary>Samples of one update, for the speed that is shown.</summary>
    public required int SamplesPerStep { get; init; }

    /// <summary>Steps of an epoch.</summary>
    public required double StepsPerEpoch { get; init; }

    /// <summary>Batches whose gradients are added up for one update.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Longest gradient; 0 clips nothing. arcface_torch clips at 5.</summary>
    public double Clip { get; init; }

    /// <summary>Steps between checkpoints.</summary>
    public required long CheckpointEvery { get; init; }

    /// <summary>Steps between measurements; 0 measures at the end alone.</summary>
    public required long MeasureEvery { get; init; }

    /// <summary>When measuring begins.</summary>
    public FirstMeasurement Beginning { get; init; }

    /// <summary>Steps between lines of the metrics.</summary>
    public int LogEvery { get; init; } = 10;

    /// <summary>Threads of libtorch; null for its own choice. One makes runs repeatable bit for bit.</summary>
    public int? Threads { get; init; }

    /// <summary>Seed of libtorch's own generator, set anew at every step.</summary>
    public int Seed { get; init; }

    /// <summary>What must be the same when a run is resumed, in words.</summary>
    public required string Fingerprint { get; init; }
}

/// <summary>When measuring begins.</summary>
internal enum FirstMeasurement
{
    /// <summary>After some training: random weights have no figures worth knowing.</summary>
    AfterTraining,

    /// <summary>Before the first step, so that what training gains can be seen.</summary>
    BeforeTraining,
}
