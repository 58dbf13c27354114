using Semblance.Matching;

namespace Semblance.Gallery;

/// <summary>How a gallery is used; nothing of it is stored.</summary>
public sealed record GalleryOptions
{
    /// <summary>The default options.</summary>
    public static GalleryOptions Default { get; } = new();

    /// <summary>Thresholds and probabilities of the embedder in use; without it only own thresholds and rates that the gallery's own pairs
    /// support are possible.</summary>
    public FaceMatcher? Matcher { get; init; }

    /// <summary>Told how much of the work is done, while a rate below the calibration makes the gallery measure its own.</summary>
    public IProgress<(long Done, long Total)>? Progress { get; init; }

    /// <summary>When the traces of what was removed are erased.</summary>
    public ErasurePolicy Erasure { get; init; } = ErasurePolicy.AtOnce;

    /// <summary>Tells the time for expiry and audit.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
