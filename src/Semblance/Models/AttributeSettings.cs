namespace Semblance.Models;

/// <summary>Attribute networks: when an answer is given, and how.</summary>
public sealed record AttributeSettings
{
    /// <summary>Pixels of the picture across the crop that are needed; below, the answer is unknown.</summary>
    public double MinimumFace { get; init; } = 32;

    /// <summary>Whether the mirrored crop is asked as well and the probabilities are averaged.</summary>
    public bool Mirror { get; init; }

    /// <summary>Probability that the answer on gender needs.</summary>
    public double GenderCertainty { get; init; }

    /// <summary>Estimated age in years below which a face is a young child's.</summary>
    public double ChildBelow { get; init; }

    /// <summary>Probability that the answer on a young child's gender needs.</summary>
    public double ChildGenderCertainty { get; init; }

    /// <summary>How the interval of an age is drawn; null for the 10th and 90th percentile of the distribution as they are.</summary>
    public AgeIntervalScale? AgeInterval { get; init; }

    /// <summary>How the default answer on an expression is chosen; null for the network's own.</summary>
    public ExpressionChoice? Expression { get; init; }

    /// <summary>What is wrong with the settings, all of it; empty when nothing is.</summary>
    internal IEnumerable<string> Problems() => [.. AgeInterval?.Problems() ?? [], .. Expression?.Problems() ?? []];
}
