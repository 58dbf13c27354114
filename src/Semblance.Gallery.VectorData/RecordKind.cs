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

    /// <summary>What a search with a fusion looks at. Vectors of strangers are of kinds of their own, so that no store has to know a
    /// property more.</summary>
    public static string For(ReferenceFusion fusion, PersonKind kind = PersonKind.Known)
    {
        string known = fusion switch
        {
            ReferenceFusion.Best => Reference,
            ReferenceFusion.Mean => Mean,
            _ => NormWeighted,
        };
        return kind switch
        {
            PersonKind.Known => known,
            PersonKind.Stranger => StrangerPrefix + known,
            _ => IgnoredPrefix + known,
        };
    }

    /// <summary>The kind of a record without what it says of its person's.</summary>
    public static string Plain(string kind) =>
        kind.StartsWith(StrangerPrefix, StringComparison.Ordinal) ? kind[StrangerPrefix.Length..]
        : kind.StartsWith(IgnoredPrefix, StringComparison.Ordinal) ? kind[IgnoredPrefix.Length..]
        : kind;

    /// <summary>A record's kind for a person of another kind.</summary>
    public static string For(string kind, PersonKind person) =>
        Plain(kind) switch
        {
            Reference => For(ReferenceFusion.Best, person),
            Mean => For(ReferenceFusion.Mean, person),
            NormWeighted => For(ReferenceFusion.NormWeighted, person),
            _ => kind,
        };

    private const string StrangerPrefix = "stranger-",
        IgnoredPrefix = "ignored-";
}
