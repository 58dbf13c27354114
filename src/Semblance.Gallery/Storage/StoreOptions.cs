using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Storage;

/// <summary>How a store is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>The default options.</summary>
    public static StoreOptions Default { get; } = new();

    /// <summary>The key of an encrypted gallery; null for others.</summary>
    public EncryptionKey? Key { get; init; }

    /// <summary>How the index in memory holds vectors, where the store has one.</summary>
    public IndexPrecision Precision { get; init; } = IndexPrecision.Auto;

    /// <summary>Tells the time of the creation.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Who creates the gallery; stands in the log's first entry.</summary>
    public AuditActor Actor { get; init; } = AuditActor.Unnamed;

    /// <summary>The entry that the log of a created gallery begins with; null to record the creation. For copies of a gallery.</summary>
    public AuditEntry? FirstEntry { get; init; }

    /// <summary>Told how many references are loaded, of how many, where the store loads them.</summary>
    public IProgress<(long Loaded, long Total)>? Progress { get; init; }
}

/// <summary>How an index in memory holds vectors. Results are the same.</summary>
public enum IndexPrecision
{
    /// <summary>Float32 up to 200,000 references when the gallery is opened, INT8 above.</summary>
    Auto,

    /// <summary>2 KiB a reference of 512 components.</summary>
    Float32,

    /// <summary>About 0.5 KiB; the best are compared again with the vectors on disk.</summary>
    Int8,
}
