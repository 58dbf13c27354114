using Semblance.Gallery;

namespace Semblance.Server.Api;

/// <summary>A reference as answered; its vector only in an export.</summary>
internal sealed record ReferenceDocument(
    Guid Id,
    string? ExternalId,
    IReadOnlyList<string>? Tags,
    string? Source,
    string? SourceHash,
    double? Quality,
    double Norm,
    double? Baseline,
    bool? Locked,
    bool Crop,
    DateTimeOffset EnrolledAt
)
{
    /// <summary>Entry of the log by which the change that was asked for can be undone; null elsewhere.</summary>
    public long? Undo { get; init; }

    /// <summary>The crop as base64 PNG; only in an export.</summary>
    public string? CropPng { get; init; }

    /// <summary>The vector; only in an export.</summary>
    public IReadOnlyList<float>? Vector { get; init; }

    public static ReferenceDocument Of(FaceReference reference) =>
        new(
            reference.Id,
            reference.ExternalId,
            reference.Tags.Count == 0 ? null : reference.Tags,
            reference.Source,
            reference.SourceHash,
            reference.Quality,
            Math.Round(reference.Norm, 3),
            reference.Baseline is { } baseline ? Math.Round(baseline, 4) : null,
            reference.Locked ? true : null,
            reference.HasCrop,
            reference.EnrolledAt
        );

    /// <summary>With everything that is held.</summary>
    public static ReferenceDocument Whole(FaceReference reference, ReadOnlyMemory<byte> crop) =>
        Of(reference) with
        {
            CropPng = crop.IsEmpty ? null : Convert.ToBase64String(crop.Span),
            Vector = reference.Vector.ToArray(),
        };
}
