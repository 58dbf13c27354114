using Semblance.Evaluation.Fairness;

namespace Semblance.Evaluation.Comparisons;

/// <summary>The comparisons of a list of pairs, each as it stands there.</summary>
public sealed class PairListSet : ComparisonSet
{
    private PairListSet(IReadOnlyList<string> images, int[] personOf, int people, Comparison[] mated, Comparison[] nonMated)
        : base(images, personOf, people, mated, nonMated, double.NegativeInfinity) { }

    /// <inheritdoc/>
    public override long NonMated => Tail.Count;

    /// <summary>Makes a set.</summary>
    /// <param name="images">Names of the pictures.</param>
    /// <param name="people">Who is on each.</param>
    /// <param name="pairs">
    /// Positions of two pictures, their score (−∞ where a picture has no face: never accepted), and whether they show one person.
    /// </param>
    public static PairListSet Of(
        IReadOnlyList<string> images,
        IReadOnlyList<string> people,
        IReadOnlyCollection<(int A, int B, double Score, bool Same)> pairs
    )
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(pairs);
        (int[] personOf, int count) = Number(people);
        return new(images, personOf, count, Chosen(same: true), Chosen(same: false));

        Comparison[] Chosen(bool same) =>
            Sorted(pairs.Where(pair => pair.Same == same).Select(pair => new Comparison(pair.A, pair.B, (float)pair.Score)));
    }

    /// <inheritdoc/>
    public override double FalseMatchRateAt(double threshold) => (double)CountFrom(Tail, threshold) / Tail.Count;

    /// <inheritdoc/>
    public override double ThresholdFor(double rate) => ThresholdOf(Tail, rate);

    /// <inheritdoc/>
    public override IEnumerable<(double Score, long AtOrAbove)> NonMatedSteps()
    {
        for (int i = 0; i < Tail.Count; i++)
            if (i + 1 == Tail.Count || Tail[i + 1].Score < Tail[i].Score)
                yield return (Tail[i].Score, i + 1);
    }

    /// <inheritdoc/>
    public override double? ThresholdFor(Grouping grouping, int group, double rate)
    {
        ArgumentNullException.ThrowIfNull(grouping);
        Comparison[] within = [.. Tail.Where(c => grouping.GroupOf[c.A] == group && grouping.GroupOf[c.B] == group)];
        return within.Length < Statistics.RuleOfThree.TrialsFor(rate) ? null : ThresholdOf(within, rate);
    }

    internal override Func<int[], long[,]> TrialCounter(Grouping grouping) => times => Trials(grouping, times);

    internal override long NonMatedTrials(int[] times) => Tail.Sum(c => (long)times[PersonOf[c.A]] * times[PersonOf[c.B]]);

    private long[,] Trials(Grouping grouping, int[] times)
    {
        long[,] trials = new long[grouping.Groups.Count, grouping.Groups.Count];
        foreach (Comparison pair in Tail)
        {
            int g = grouping.GroupOf[pair.A],
                h = grouping.GroupOf[pair.B];
            if (g < 0 || h < 0)
                continue;
            long weight = (long)times[PersonOf[pair.A]] * times[PersonOf[pair.B]];
            trials[g, h] += weight;
            if (g != h)
                trials[h, g] += weight;
        }
        return trials;
    }

    private static double ThresholdOf(IReadOnlyList<Comparison> falling, double rate)
    {
        int allowed = (int)(rate * falling.Count * (1 + 1e-12));
        return allowed >= falling.Count ? ScoreHistogram.Lowest : MathF.BitIncrement(falling[allowed].Score);
    }
}
