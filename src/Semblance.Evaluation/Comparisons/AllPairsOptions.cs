using Semblance.Evaluation.Fairness;

namespace Semblance.Evaluation.Comparisons;

/// <summary>How all faces of a set are compared with one another.</summary>
public sealed record AllPairsOptions
{
    /// <summary>Comparisons of different people that are kept where no number is given: 48 megabytes.</summary>
    public const int DefaultMaxKept = 4_000_000;

    /// <summary>The default options.</summary>
    public static AllPairsOptions Default { get; } = new();

    /// <summary>Rates at which the set is to be judged; the smallest that the comparisons allow decide how many of them are kept.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>Thresholds at which the set is to be judged whatever their rate.</summary>
    public IReadOnlyList<double> Thresholds { get; init; } = [];

    /// <summary>Divisions of the pictures, for the thresholds that groups would need.</summary>
    public IReadOnlyList<Grouping> Groupings { get; init; } = [];

    /// <summary>
    /// Cosine from which two pictures labelled as different people are taken for pictures of one: they are left out and counted. Null keeps
    /// all.
    /// </summary>
    public double? CopySimilarity { get; init; }

    /// <summary>Most comparisons of different people that are kept; a rate that needs more is given without an interval.</summary>
    public int MaxKept { get; init; } = DefaultMaxKept;

    /// <summary>Threads to compare with.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="EvaluationException">Something is.</exception>
    public void Validate()
    {
        List<string> wrong = [];
        if (Rates.Any(rate => !(rate is > 0 and < 1)))
            wrong.Add("a rate lies between 0 and 1");
        if (Thresholds.Any(threshold => !(threshold is >= -2 and <= 2)))
            wrong.Add("a threshold lies between -2 and 2");
        if (CopySimilarity is { } copy && !(copy is > -1 and <= 1))
            wrong.Add("the similarity of copies lies between -1 and 1");
        if (MaxKept < 1)
            wrong.Add("one comparison at least is kept");
        if (Threads < 1)
            wrong.Add("one thread at least is needed");
        if (wrong.Count > 0)
            throw new EvaluationException("the options do not fit: " + string.Join("; ", wrong));
    }
}
