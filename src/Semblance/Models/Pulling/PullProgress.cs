namespace Semblance.Models.Pulling;

/// <summary>How far a download is.</summary>
/// <param name="Received">Bytes that are here, those of earlier attempts included.</param>
/// <param name="Total">Bytes in all; null when the server does not say.</param>
public readonly record struct PullProgress(long Received, long? Total);
