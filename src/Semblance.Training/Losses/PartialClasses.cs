using Semblance.Training.Trainer;

namespace Semblance.Training.Losses;

/// <summary>
/// Partial FC: of many classes only those of the batch and a random part of the others take part in a step (An et al., "Partial FC:
/// Training 10 Million Identities on a Single Machine", ICCVW 2021). What is drawn depends on the seed and the step alone, so a resumed run
/// draws the same.
/// </summary>
/// <param name="classes">Number of classes.</param>
/// <param name="rate">Part of the classes in a step, above 0 to 1.</param>
/// <param name="seed">Seed of the run.</param>
internal sealed class PartialClasses(int classes, double rate, int seed)
{
    /// <summary>Classes of a step in rising order: every one of the batch, filled up at random to rate times classes.</summary>
    /// <param name="labels">Classes of the batch.</param>
    /// <param name="step">Number of the step.</param>
    public long[] Draw(IReadOnlyCollection<long> labels, long step)
    {
        HashSet<long> chosen = [.. labels];
        int wanted = Math.Max((int)(rate * classes), chosen.Count);
        long[] others = [.. Enumerable.Range(0, classes).Select(c => (long)c).Where(c => !chosen.Contains(c))];
        StepRandom.For(seed, step, RandomStream.Classes).Shuffle(others);
        return [.. chosen.Concat(others.Take(wanted - chosen.Count)).Order()];
    }
}
