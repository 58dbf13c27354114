using Semblance.Evaluation.Fairness;

namespace Semblance.Evaluation.Comparisons;

/// <summary>
/// Scores of comparisons with who is on the pictures: all mated ones, and of the non-mated ones the highest, with the number of the rest.
/// Whatever a threshold decides above <see cref="Floor"/> can be counted exactly, for people drawn any number of times.
/// </summary>
public abstract class ComparisonSet
{
    private protected ComparisonSet(
        IReadOnlyList<string> images,
        int[] personOf,
        int people,
        Comparison[] mated,
        Comparison[] tail,
        double floor
    ) => (Images, PersonOf, People, Mated, Tail, Floor) = (images, personOf, people, mated, tail, floor);

    /// <summary>Names of the pictures.</summary>
    public IReadOnlyList<string> Images { get; }

    /// <summary>The number of every picture's person, 0 to <see cref="People"/> − 1.</summary>
    public IReadOnlyList<int> PersonOf { get; }

    /// <summary>Number of people.</summary>
    public int People { get; }

    /// <summary>Comparisons of one person, highest score first.</summary>
    public IReadOnlyList<Comparison> Mated { get; }

    /// <summary>Comparisons of different people with a score of at least <see cref="Floor"/>, highest first.</summary>
    public IReadOnlyList<Comparison> Tail { get; }

    /// <summary>The score down to which <see cref="Tail"/> is complete for all; within a group it may reach lower.</summary>
    public double Floor { get; }

    /// <summary>Number of comparisons of different people.</summary>
    public abstract long NonMated { get; }

    /// <summary>Pairs labelled as different people that were left out as pictures of one person; see
    /// <see cref="AllPairsOptions.CopySimilarity"/>.</summary>
    public virtual IReadOnlyList<Comparison> Copies => [];

    /// <summary>The share of comparisons of different people at or above a score.</summary>
    /// <param name="threshold">The score.</param>
    public abstract double FalseMatchRateAt(double threshold);

    /// <summary>The lowest threshold at which at most this share of the comparisons of different people is accepted.</summary>
    /// <param name="rate">0 to 1.</param>
    public abstract double ThresholdFor(double rate);

    /// <summary>Scores with the number of comparisons of different people at or above them, from high to low.</summary>
    public abstract IEnumerable<(double Score, long AtOrAbove)> NonMatedSteps();

    /// <summary>
    /// The lowest threshold at which at most this share of the comparisons within a group is accepted; null where the group's comparisons
    /// are too few to say (fewer than 3 / rate).
    /// </summary>
    /// <param name="grouping">A division of the pictures that the set was made with.</param>
    /// <param name="group">The group.</param>
    /// <param name="rate">0 to 1.</param>
    public abstract double? ThresholdFor(Grouping grouping, int group, double rate);

    /// <summary>Numbers of comparisons of different people between groups, where people were drawn several times or not at all.</summary>
    /// <param name="grouping">A division of the pictures.</param>
    /// <returns>Takes how often each person was drawn; gives a symmetric table, where a comparison within a group counts once.</returns>
    internal abstract Func<int[], long[,]> TrialCounter(Grouping grouping);

    /// <summary>Number of comparisons of different people, where people were drawn several times or not at all.</summary>
    internal abstract long NonMatedTrials(int[] times);

    /// <summary>Comparisons of one person at or above a score.</summary>
    /// <param name="threshold">The score.</param>
    public long TrueMatches(double threshold) => CountFrom(Mated, threshold);

    /// <summary>The number of comparisons at the head of a falling list that reach a score.</summary>
    internal static int CountFrom(IReadOnlyList<Comparison> falling, double threshold)
    {
        int low = 0,
            high = falling.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (falling[middle].Score >= threshold)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Numbers people in the order in which they come.</summary>
    private protected static (int[] PersonOf, int People) Number(IEnumerable<string> people)
    {
        Dictionary<string, int> numbers = [];
        int[] personOf =
        [
            .. people.Select(person =>
            {
                numbers.TryAdd(person, numbers.Count);
                return numbers[person];
            }),
        ];
        return (personOf, numbers.Count);
    }

    /// <summary>Sorts by falling score; equal scores by position, so that a set is always in one order.</summary>
    private protected static Comparison[] Sorted(IEnumerable<Comparison> comparisons) =>
        [.. comparisons.OrderByDescending(c => c.Score).ThenBy(c => c.A).ThenBy(c => c.B)];
}
