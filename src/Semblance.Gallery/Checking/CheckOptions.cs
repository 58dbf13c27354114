namespace Semblance.Gallery.Checking;

/// <summary>When something counts as wrong.</summary>
public sealed record CheckOptions
{
    /// <summary>False match rate of <see cref="SameRate"/> where none is given.</summary>
    public const double DefaultSameRate = 1e-2;

    /// <summary>Similarity of duplicates where none is given: re-encoded or resized copies of one picture reach it, two pictures hardly
    /// ever do.</summary>
    public const double DefaultDuplicateSimilarity = 0.97;

    /// <summary>The default options.</summary>
    public static CheckOptions Default { get; } = new();

    /// <summary>References of one person below the threshold of this false match rate do not resemble one another. High, because most pairs
    /// of one person pass it.</summary>
    public double SameRate { get; init; } = DefaultSameRate;

    /// <summary>References of one person from this similarity on are duplicates.</summary>
    public double DuplicateSimilarity { get; init; } = DefaultDuplicateSimilarity;

    /// <summary>
    /// Two people from this similarity on are taken for one; null for the threshold at which one pair of references among all is expected
    /// to be as similar by chance, or the strictest of the calibration.
    /// </summary>
    public double? OnePersonSimilarity { get; init; }
}
