using Semblance.Matching;

namespace Semblance;

/// <summary>How two pictures are compared.</summary>
public sealed record VerificationOptions
{
    /// <summary>The default: largest face, cosine, a false match rate of 1e-4.</summary>
    public static VerificationOptions Default { get; } = new();

    /// <summary>The rate at which different people may pass as one, in single comparisons.</summary>
    public double FalseMatchRate { get; init; } = MatchOptions.DefaultFalseMatchRate;

    /// <summary>An own threshold instead of the rate: the lowest score; without a cohort and for <see cref="SimilarityMetric.L2"/> the
    /// largest distance.</summary>
    public double? Threshold { get; init; }

    /// <summary>Rates at which the answer is given as well (<see cref="VerificationResult.Rates"/>), without another look at the
    /// pictures; none by default. They do not have to be supported: each is answered by itself.</summary>
    public IReadOnlyList<double> FurtherRates { get; init; } = [];

    /// <summary>How the comparison is expressed; the decision is the same.</summary>
    public SimilarityMetric Metric { get; init; } = SimilarityMetric.Cosine;

    /// <summary>Which face is taken where there are several.</summary>
    public FaceChoice Face { get; init; } = FaceChoice.Largest;

    /// <summary>Whether the result carries the decoded pictures (<see cref="VerifiedPicture.Image"/>). Dispose of such a result.</summary>
    public bool KeepImages { get; init; }

    /// <summary>Names all that is wrong. Whether the embedder supports the rate only shows when it is known.</summary>
    /// <exception cref="InvalidOptionsException">Something is wrong.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (!(FalseMatchRate is > 0 and < 1))
            problems.Add(FormattableString.Invariant($"{nameof(FalseMatchRate)} is {FalseMatchRate}, a rate lies between 0 and 1"));
        foreach (double rate in FurtherRates.Where(rate => !(rate is > 0 and < 1)))
            problems.Add(FormattableString.Invariant($"{nameof(FurtherRates)} has {rate}, a rate lies between 0 and 1"));
        // Whether a threshold of L2 is a distance or, with a cohort, a score only shows when the embedder is known.
        (double low, double high) = Metric == SimilarityMetric.L2 ? (-1.0, 2.0) : (-1.0, 1.0);
        if (Threshold is { } own && !(own >= low && own <= high))
            problems.Add(FormattableString.Invariant($"{nameof(Threshold)} is {own}, for {Metric} it lies between {low} and {high}"));
        if (!Enum.IsDefined(Metric))
            problems.Add($"{nameof(Metric)} is {Metric}, which is not known");
        if (!Enum.IsDefined(Face))
            problems.Add($"{nameof(Face)} is {Face}, which is not known");
        InvalidOptionsException.ThrowIfAny(nameof(VerificationOptions), problems);
    }
}
