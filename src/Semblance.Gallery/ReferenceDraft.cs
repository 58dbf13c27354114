using Semblance.Embedding;

namespace Semblance.Gallery;

/// <summary>A face to be enrolled.</summary>
/// <param name="Embedding">The face as a vector.</param>
public sealed record ReferenceDraft(FaceEmbedding Embedding)
{
    /// <summary>Score of the quality gate, 0 to 1; null when it was not judged.</summary>
    public double? Quality { get; init; }

    /// <summary>What the face was cut from, for people to read.</summary>
    public string? Source { get; init; }

    /// <summary>SHA-256 of what the face was cut from, lower-case hexadecimal; the same picture is enrolled once for a person.</summary>
    public string? SourceHash { get; init; }

    /// <summary>The caller's own id of the picture.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Words that the caller sorts references by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether somebody decided by hand whose face it is.</summary>
    public bool Locked { get; init; }

    /// <summary>The aligned crop as a PNG; kept only where the gallery was created so.</summary>
    public ReadOnlyMemory<byte> Crop { get; init; }
}
