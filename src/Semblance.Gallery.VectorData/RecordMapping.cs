using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.VectorData;

/// <summary>From what a gallery knows to records and back.</summary>
/// <param name="dimension">Components of a vector.</param>
internal sealed class RecordMapping(int dimension)
{
    private const int CropKind = 1,
        MeanKind = 2,
        NormWeightedKind = 3;

    /// <summary>Key of the one record that says what the gallery is.</summary>
    public static Guid GalleryKey { get; } = new("5e3b1a4c-0000-7000-8000-000000000001");

    /// <summary>Key of the journal.</summary>
    public static Guid JournalKey { get; } = new("5e3b1a4c-0000-7000-8000-000000000002");

    public static Guid CropKey(Guid reference) => Derived(reference, CropKind);

    public static Guid MeanKey(Guid person) => Derived(person, MeanKind);

    public static Guid NormWeightedKey(Guid person) => Derived(person, NormWeightedKind);

    /// <summary>The key that an audit entry of this number has.</summary>
    public static Guid AuditKey(long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes[8..], sequence);
        bytes[0] = 0xA0;
        return new(bytes, bigEndian: true);
    }

    public GalleryRecord Of(GallerySettings settings, AuditHead? head) =>
        Plain(GalleryKey, RecordKind.Gallery, "", JsonSerializer.Serialize(new(settings, head), RecordJson.Default.GalleryDocument));

    public GalleryRecord Of(Person person)
    {
        PersonDocument document = new(
            person.Id,
            person.Name,
            new(person.Metadata),
            person.ConsentReference,
            person.ExpiresAt,
            person.EnrolledAt
        )
        {
            Kind = person.Kind,
            ExternalId = person.ExternalId,
            Tags = person.Tags,
            Cover = person.Cover,
            Locked = person.Locked,
            Dismissed = person.Dismissed,
        };
        GalleryRecord record = Plain(
            person.Id,
            RecordKind.Person,
            PositionOf(person.Id),
            JsonSerializer.Serialize(document, RecordJson.Default.PersonDocument)
        );
        (record.Person, record.Name, record.ExpiresAt) = (PositionOf(person.Id), person.Name, ExpiryOf(person.ExpiresAt));
        return record;
    }

    public static GalleryRecord Of(FaceReference reference, long expiresAt, PersonKind person)
    {
        ReferenceDocument document = new(
            reference.Id,
            reference.PersonId,
            reference.Norm,
            reference.Quality,
            reference.Source,
            reference.SourceHash,
            reference.HasCrop,
            reference.EnrolledAt
        )
        {
            Baseline = reference.Baseline,
            ExternalId = reference.ExternalId,
            Tags = reference.Tags,
            Locked = reference.Locked,
            Digest = reference.Digest,
        };
        return new()
        {
            Key = reference.Id,
            Kind = RecordKind.For(ReferenceFusion.Best, person),
            Person = PositionOf(reference.PersonId),
            Position = PositionOf(reference.Id),
            ExpiresAt = expiresAt,
            Vector = reference.Vector,
            Document = JsonSerializer.Serialize(document, RecordJson.Default.ReferenceDocument),
        };
    }

    /// <summary>The vector that stands for a person.</summary>
    public static GalleryRecord Template(Guid key, string kind, Guid person, long expiresAt, float[] vector, float? baseline) =>
        new()
        {
            Key = key,
            Kind = kind,
            Person = PositionOf(person),
            Position = PositionOf(person),
            ExpiresAt = expiresAt,
            Vector = vector,
            Document = JsonSerializer.Serialize(new(baseline), RecordJson.Default.TemplateDocument),
        };

    /// <summary>What is added to the similarity with a reference or template; templates of before have no document.</summary>
    public static float BiasOf(GalleryRecord record) =>
        FusedSimilarity.BiasOf(
            record.Document.Length == 0 ? null : RecordJson.Read(record.Document, RecordJson.Default.TemplateDocument).Baseline
        );

    public GalleryRecord Crop(FaceReference reference, ReadOnlyMemory<byte> png)
    {
        GalleryRecord record = Plain(CropKey(reference.Id), RecordKind.Crop, PositionOf(reference.Id), Convert.ToBase64String(png.Span));
        record.Person = PositionOf(reference.PersonId);
        return record;
    }

    public GalleryRecord Of(AuditEntry entry) =>
        Plain(
            AuditKey(entry.Sequence),
            RecordKind.Audit,
            entry.Sequence.ToString("D19", CultureInfo.InvariantCulture),
            JsonSerializer.Serialize(entry, RecordJson.Default.AuditEntry)
        );

    public GalleryRecord Journal(IEnumerable<GalleryRecord> upserts, IEnumerable<Guid> deletions)
    {
        JournalDocument document = new(
            [
                .. upserts.Select(r => new RecordDocument(
                    r.Key,
                    r.Kind,
                    r.Person,
                    r.Name,
                    r.Position,
                    r.ExpiresAt,
                    r.Document,
                    MemoryMarshal.AsBytes(r.Vector.Span).ToArray()
                )),
            ],
            [.. deletions]
        );
        return Plain(JournalKey, RecordKind.Journal, "", JsonSerializer.Serialize(document, RecordJson.Default.JournalDocument));
    }

    public static GalleryRecord Restore(RecordDocument r) =>
        new()
        {
            Key = r.Key,
            Kind = r.Kind,
            Person = r.Person,
            Name = r.Name,
            Position = r.Position,
            ExpiresAt = r.ExpiresAt,
            Document = r.Document,
            Vector = MemoryMarshal.Cast<byte, float>(r.Vector).ToArray(),
        };

    public static Person PersonOf(GalleryRecord record)
    {
        PersonDocument d = RecordJson.Read(record.Document, RecordJson.Default.PersonDocument);
        return new()
        {
            Id = d.Id,
            Name = d.Name,
            Metadata = d.Metadata,
            ConsentReference = d.ConsentReference,
            ExpiresAt = d.ExpiresAt,
            EnrolledAt = d.EnrolledAt,
            Kind = d.Kind,
            ExternalId = d.ExternalId,
            Tags = d.Tags ?? [],
            Cover = d.Cover,
            Locked = d.Locked,
            Dismissed = d.Dismissed ?? [],
        };
    }

    public static FaceReference ReferenceOf(GalleryRecord record)
    {
        ReferenceDocument d = RecordJson.Read(record.Document, RecordJson.Default.ReferenceDocument);
        return new()
        {
            Id = d.Id,
            PersonId = d.PersonId,
            Vector = record.Vector,
            Norm = d.Norm,
            Quality = d.Quality,
            Source = d.Source,
            SourceHash = d.SourceHash,
            HasCrop = d.HasCrop,
            EnrolledAt = d.EnrolledAt,
            Baseline = d.Baseline,
            ExternalId = d.ExternalId,
            Tags = d.Tags ?? [],
            Locked = d.Locked,
            Digest = d.Digest,
        };
    }

    public static AuditEntry AuditOf(GalleryRecord record) => RecordJson.Read(record.Document, RecordJson.Default.AuditEntry);

    /// <summary>Hexadecimal digits sort as ids do.</summary>
    public static string PositionOf(Guid id) => id.ToString("N");

    public static long ExpiryOf(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds() ?? long.MaxValue;

    private GalleryRecord Plain(Guid key, string kind, string position, string document)
    {
        float[] unit = new float[dimension];
        unit[0] = 1;
        return new()
        {
            Key = key,
            Kind = kind,
            Position = position,
            Document = document,
            Vector = unit,
        };
    }

    /// <summary>Another key from an id: version 7 ids leave version 8 to applications (RFC 9562, 5.8).</summary>
    private static Guid Derived(Guid id, int kind)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[15] ^= (byte)(kind << 6);
        bytes[8] ^= (byte)(kind & 4);
        return new(bytes, bigEndian: true);
    }
}
