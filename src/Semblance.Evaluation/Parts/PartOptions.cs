using Semblance.Evaluation.Fairness;

namespace Semblance.Evaluation.Parts;

/// <summary>How sets are measured for a report.</summary>
public sealed record PartOptions
{
    /// <summary>The default options.</summary>
    public static PartOptions Default { get; } = new();

    /// <summary>Smallest group, resampling.</summary>
    public GroupOptions Groups { get; init; } = GroupOptions.Default;

    /// <summary>Whether the worst errors are shown; pictures of people are personal data.</summary>
    public ErrorPictures Pictures { get; init; } = ErrorPictures.None;

    /// <summary>False match rates whose thresholds are judged; the first is the one in use.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [1e-4, 1e-3];
}
