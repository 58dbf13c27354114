namespace Semblance.Gallery.Albums;

/// <summary>One thing that was done; a line of a log.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="To">What came into being, an absolute path.</param>
/// <param name="From">Where it came from; null for folders.</param>
public sealed record FilingStep(FilingStepKind Kind, string To, string? From = null)
{
    /// <summary>Bytes of the file.</summary>
    public long? Length { get; init; }
}
