using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.VectorData;

/// <summary>Kinds of records.</summary>
internal static class RecordKind
{
    public const string Gallery = "gallery",
        Person = "person",
        Reference = "reference",
        Mean = "mean",
        NormWeighted = "norm-weighted",
        Crop = "crop",
        Audit = "audit",
        Journal = "journal";

    /// <summary>What a search with a fusion looks at.</summary>
    public static string For(ReferenceFusion fusion) =>
        fusion switch
        {
            ReferenceFusion.Best => Reference,
            ReferenceFusion.Mean => Mean,
            _ => NormWeighted,
        };
}
