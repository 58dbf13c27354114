namespace Semblance.Gallery.Importing;

/// <summary>How a folder is imported.</summary>
public sealed record ImportOptions
{
    /// <summary>The default options.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>Where the consent of all these people is documented.</summary>
    public string? ConsentReference { get; init; }

    /// <summary>When all these people are to be forgotten.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Photographs that are read at once; all processors by default.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
