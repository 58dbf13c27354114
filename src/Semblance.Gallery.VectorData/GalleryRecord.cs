namespace Semblance.Gallery.VectorData;

/// <summary>
/// Everything that a gallery keeps, as one kind of record, because some stores want a vector in every collection: people, references,
/// templates, crops, audit entries, settings. The properties are what searches filter by; the rest stands in <see cref="Document"/>.
/// </summary>
public sealed class GalleryRecord
{
    /// <summary>Identifies the record.</summary>
    public Guid Key { get; set; }

    /// <summary>What it is: see <see cref="RecordKind"/>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Whose it is; empty for records of the gallery.</summary>
    public string Person { get; set; } = "";

    /// <summary>Name of a person; empty for others.</summary>
    public string Name { get; set; } = "";

    /// <summary>Orders records of a kind: the id in hexadecimal, or the number with leading zeros.</summary>
    public string Position { get; set; } = "";

    /// <summary>Milliseconds since 1970 from which on the person is passed over; the largest number for never.</summary>
    public long ExpiresAt { get; set; } = long.MaxValue;

    /// <summary>The rest as JSON.</summary>
    public string Document { get; set; } = "";

    /// <summary>The vector of references and templates; of others a unit vector that no search looks at.</summary>
    public ReadOnlyMemory<float> Vector { get; set; }
}
