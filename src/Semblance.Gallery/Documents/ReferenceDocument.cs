namespace Semblance.Gallery.Documents;

/// <summary>A reference as every program prints and answers it; its vector and crop only in an export.</summary>
/// <param name="Id">Identifies the reference in the gallery.</param>
/// <param name="ExternalId">The caller's own id.</param>
/// <param name="Tags">Words of the caller's.</param>
/// <param name="Source">The picture's name.</param>
/// <param name="SourceHash">SHA-256 of the picture's file.</param>
/// <param name="Quality">0 to 1.</param>
/// <param name="Norm">Of the embedding, to three decimals.</param>
/// <param name="Baseline">Mean similarity to the cohort's nearest, to four decimals.</param>
/// <param name="Locked">True where the reference may not be changed; else null.</param>
/// <param name="Crop">Whether its crop is kept.</param>
/// <param name="EnrolledAt">When.</param>
public sealed record ReferenceDocument(
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

    /// <summary>The file that an export wrote the crop to.</summary>
    public string? CropFile { get; init; }

    /// <summary>The crop as base64 PNG; only in an export.</summary>
    public string? CropPng { get; init; }

    /// <summary>The vector; only in an export.</summary>
    public IReadOnlyList<float>? Vector { get; init; }

    /// <summary>A reference without vector and crop.</summary>
    public static ReferenceDocument Of(FaceReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return new(
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
    }

    /// <summary>With everything that is held.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="crop">PNG; empty for none.</param>
    public static ReferenceDocument Whole(FaceReference reference, ReadOnlyMemory<byte> crop) =>
        Of(reference) with
        {
            CropPng = crop.IsEmpty ? null : Convert.ToBase64String(crop.Span),
            Vector = reference.Vector.ToArray(),
        };
}
