namespace Semblance.Training.Trainer;

/// <summary>What random numbers are drawn for; each has a sequence of its own.</summary>
internal enum RandomStream
{
    /// <summary>The order of the samples.</summary>
    Order = 1,

    /// <summary>Augmentation of one sample.</summary>
    Augmentation = 2,

    /// <summary>Classes that take part in a step.</summary>
    Classes = 3,

    /// <summary>libtorch's own generator: dropout.</summary>
    Network = 4,

    /// <summary>People who are kept aside.</summary>
    Aside = 5,

    /// <summary>Weights that a new network starts from.</summary>
    Weights = 6,
}

/// <summary>
/// Random numbers that depend on the run's seed and on what they are for, not on what was drawn before: a run that is resumed at a step
/// draws what the uninterrupted one draws, on any number of decoding threads.
/// </summary>
internal static class StepRandom
{
    /// <summary>A generator of its own.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="index">Number of the step, epoch or sample.</param>
    /// <param name="stream">What it is for.</param>
    public static Random For(int seed, long index, RandomStream stream) => new(SeedOf(seed, index, stream));

    /// <summary>The seed of such a generator, from 0 up.</summary>
    /// <inheritdoc cref="For"/>
    public static int SeedOf(int seed, long index, RandomStream stream) =>
        (int)(Mix(Mix(Mix((ulong)(uint)seed) + (ulong)index) + (ulong)stream) & int.MaxValue);

    /// <summary>SplitMix64's finaliser (Steele, Lea, Flood, OOPSLA 2014): neighbouring inputs give unrelated outputs.</summary>
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
