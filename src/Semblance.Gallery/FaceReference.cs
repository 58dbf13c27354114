using Semblance.Gallery.Identifying;

namespace Semblance.Gallery;

/// <summary>An enrolled face of a person.</summary>
public sealed record FaceReference
{
    /// <summary>Identifies the reference in this gallery; time-ordered (UUID version 7).</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose face it is.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The unit vector, as long as the gallery's dimension.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Length of the vector before normalising: a quality signal; the weight in
    /// <see cref="ReferenceFusion.NormWeighted"/>.</summary>
    public required float Norm { get; init; }

    /// <summary>Mean similarity to the nearest strangers of the gallery's cohort; null where it has none.</summary>
    public float? Baseline { get; init; }

    /// <summary>Score of the quality gate, 0 to 1; null when it was not judged.</summary>
    public double? Quality { get; init; }

    /// <summary>What the face was cut from, as the caller named it; null when it was not told.</summary>
    public string? Source { get; init; }

    /// <summary>SHA-256 of what the face was cut from, lower-case hexadecimal; a person has one reference of each at most. Null when it was
    /// not told.</summary>
    public string? SourceHash { get; init; }

    /// <summary>The caller's own id of the picture; null when there is none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Words that the caller sorts references by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Somebody decided by hand whose face it is, so nothing that works by itself may move it.</summary>
    public bool Locked { get; init; }

    /// <summary>Digest of the whole reference and its crop (<see cref="Audit.RecordDigest"/>); null for one that was enrolled before there
    /// were digests.</summary>
    public string? Digest { get; init; }

    /// <summary>Whether the aligned crop was kept.</summary>
    public bool HasCrop { get; init; }

    /// <summary>When it was enrolled.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }
}
