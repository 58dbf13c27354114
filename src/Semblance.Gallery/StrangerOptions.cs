using Semblance.Gallery.Clustering;

namespace Semblance.Gallery;

/// <summary>How unknown faces are kept and grouped.</summary>
public sealed record StrangerOptions
{
    /// <summary>Faces of a group where nothing is said.</summary>
    public const int DefaultMostReferences = 20;

    /// <summary>How long a group is kept after its last face where nothing is said.</summary>
    public static TimeSpan DefaultLifetime { get; } = TimeSpan.FromDays(30);

    /// <summary>The default options.</summary>
    public static StrangerOptions Default { get; } = new();

    /// <summary>A group is forgotten so long after its last face.</summary>
    public TimeSpan Lifetime { get; init; } = DefaultLifetime;

    /// <summary>A face joins a group when it reaches the threshold that single comparisons have at this rate.</summary>
    public double FalseMatchRate { get; init; } = ClusteringOptions.DefaultFalseMatchRate;

    /// <summary>An own threshold instead of the rate: the lowest score.</summary>
    public double? Threshold { get; init; }

    /// <summary>Faces that a group keeps; further ones only renew its time.</summary>
    public int MostReferences { get; init; } = DefaultMostReferences;

    /// <summary>Names everything that is out of range.</summary>
    /// <exception cref="ArgumentException">Something is.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (Lifetime <= TimeSpan.Zero)
            problems.Add("strangers are kept for a time above 0");
        if (Threshold is { } own && !(own is >= -2 and <= 2))
            problems.Add(FormattableString.Invariant($"the threshold is {own}; it lies between -2 and 2"));
        if (Threshold is null && !(FalseMatchRate is > 0 and < 1))
            problems.Add(FormattableString.Invariant($"the false match rate is {FalseMatchRate}; it lies between 0 and 1"));
        if (MostReferences < 1)
            problems.Add(FormattableString.Invariant($"a group of strangers keeps {MostReferences} faces; at least 1 is possible"));
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }
}
