using System.Text.Json;
using Microsoft.Data.Sqlite;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>Reads through one connection, inside its transaction where it has one. Not thread-safe.</summary>
internal sealed class SqliteReader(SqliteConnection connection, VectorBytes bytes)
{
    public const string PersonColumns =
        "p.number, p.id, p.name, p.metadata, p.consent, p.expires_at, p.enrolled_at, p.kind, p.external_id, p.tags, p.cover, p.locked, "
        + "p.dismissed";

    /// <summary>Columns of <see cref="PersonColumns"/>.</summary>
    public const int PersonColumnCount = 13;

    private const string ReferenceColumns =
        "r.number, r.id, p.id, r.vector, r.norm, r.quality, r.source, r.source_hash, r.enrolled_at, EXISTS (SELECT 1 FROM crop c WHERE "
        + "c.reference = r.number), r.baseline, r.external_id, r.tags, r.locked, r.digest";

    private const string ReferenceTables = "reference r JOIN person p ON p.number = r.person";

    private const string AuditColumns =
        "sequence, at, action, person, reference_count, detail, previous, hash, actor, request, digest, seal";

    public Person? FindPerson(Guid id) => People("WHERE p.id = $id", ("$id", id.ToKey())).SingleOrDefault();

    public IReadOnlyList<Person> FindPeopleNamed(string name) => People("WHERE p.name = $name ORDER BY p.id", ("$name", name));

    public Person? FindPersonByExternalId(string id) => People("WHERE p.external_id = $id", ("$id", id)).SingleOrDefault();

    /// <summary>People of a list with the numbers of their references.</summary>
    public IReadOnlyList<PersonEntry> List(PeopleQuery query)
    {
        using SqliteCommand command = connection.Command(
            $"""
            SELECT {PersonColumns}, (SELECT count(*) FROM reference r WHERE r.person = p.number),
                coalesce(p.cover, (SELECT r.id FROM reference r WHERE r.person = p.number ORDER BY r.id LIMIT 1))
            FROM person p
            WHERE p.kind = $kind AND p.id > $after
                AND ($tag IS NULL OR EXISTS (SELECT 1 FROM json_each(p.tags) t WHERE t.value = $tag))
                AND ($part IS NULL OR instr(lower(p.name), lower($part)) > 0)
            ORDER BY p.id LIMIT $limit
            """,
            ("$kind", (int)query.Kind),
            ("$after", query.After?.ToKey() ?? []),
            ("$tag", query.Tag),
            ("$part", query.NamePart),
            ("$limit", query.Limit)
        );
        return SqliteRows.Read(command, "person", row => new PersonEntry(
            PersonOf(row),
            row.GetInt32(PersonColumnCount),
            row.IsDBNull(PersonColumnCount + 1) ? null : row.Id(PersonColumnCount + 1)
        ));
    }

    public IReadOnlyList<Person> PeopleAfter(Guid? id, int count) =>
        People("WHERE p.id > $id ORDER BY p.id LIMIT $count", ("$id", id?.ToKey() ?? []), ("$count", count));

    public IReadOnlyList<FaceReference> References(Guid personId) =>
        References("WHERE p.id = $id ORDER BY r.id", ("$id", personId.ToKey()));

    public IReadOnlyList<FaceReference> ReferencesAfter(Guid? id, int count) =>
        References("WHERE r.id > $id ORDER BY r.id LIMIT $count", ("$id", id?.ToKey() ?? []), ("$count", count));

    /// <summary>References of people who have not expired, at even distances of the numbers.</summary>
    public IReadOnlyList<FaceReference> Sample(int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Active = "p.kind = 0 AND (p.expires_at IS NULL OR p.expires_at > $now)";
        (string, object?) moment = ("$now", now.ToUnixTimeMilliseconds());
        if (connection.ReadInteger("SELECT count(*) FROM reference") <= count)
            return References($"WHERE {Active} ORDER BY r.number", moment);
        long first = connection.ReadInteger("SELECT min(number) FROM reference"),
            span = connection.ReadInteger("SELECT max(number) FROM reference") - first + 1;
        List<FaceReference> sample = [];
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Where many in a row are gone, several places lead to the same next one.
            FaceReference? next = References(
                    $"WHERE r.number >= $from AND {Active} ORDER BY r.number LIMIT 1",
                    ("$from", first + span * i / count),
                    moment
                )
                .SingleOrDefault();
            if (next is not null && (sample.Count == 0 || sample[^1].Id != next.Id))
                sample.Add(next);
        }
        return sample;
    }

    public FaceReference? FindReference(Guid id) => References("WHERE r.id = $id", ("$id", id.ToKey())).SingleOrDefault();

    public ReadOnlyMemory<byte> Crop(Guid referenceId)
    {
        using SqliteCommand command = connection.Command(
            "SELECT c.reference, p.id, c.png FROM crop c JOIN reference r ON r.number = c.reference JOIN person p ON p.number = r.person "
                + "WHERE r.id = $id",
            ("$id", referenceId.ToKey())
        );
        return SqliteRows
            .Read(command, "crop", row => bytes.UnpackCrop(referenceId, row.Id(1), row.GetFieldValue<byte[]>(2)))
            .FirstOrDefault()
            ?? ReadOnlyMemory<byte>.Empty;
    }

    public AuditHead? AuditHead()
    {
        using SqliteCommand command = connection.Command("SELECT only_row, audit_sequence, audit_hash FROM gallery");
        return SqliteRows
            .Read(command, "gallery", row => row.IsDBNull(1) ? null : new AuditHead(row.GetInt64(1), row.Text(2)))
            .FirstOrDefault();
    }

    public IReadOnlyList<AuditEntry> AuditAfter(long sequence, int count) =>
        Audit("WHERE sequence > $after ORDER BY sequence LIMIT $count", ("$after", sequence), ("$count", count));

    public IReadOnlyList<AuditEntry> History(Guid person) => Audit("WHERE person = $id ORDER BY sequence", ("$id", person.ToKey()));

    public StoreNote? FindNote(string kind, string key)
    {
        using SqliteCommand command = connection.Command(
            "SELECT key, at, text, person, other FROM note WHERE kind = $kind AND key = $key",
            ("$kind", kind),
            ("$key", key)
        );
        return SqliteRows
            .Read(command, "note", row => new StoreNote(kind, key, row.Time(1), row.Text(2))
            {
                PersonId = row.IsDBNull(3) ? null : row.Id(3),
                OtherId = row.IsDBNull(4) ? null : row.Id(4),
            })
            .SingleOrDefault();
    }

    /// <summary>A person of a row that begins with <see cref="PersonColumns"/>.</summary>
    public static Person PersonOf(SqliteDataReader row) =>
        new()
        {
            Id = row.Id(1),
            Name = row.Text(2) is { Length: > 0 } name ? name : throw new FormatException("the name is empty"),
            Metadata =
                JsonSerializer.Deserialize(row.Text(3), MetadataJson.Default.DictionaryStringString) is { } metadata
                && !metadata.ContainsValue(null!)
                    ? metadata
                    : throw new FormatException("a detail is null"),
            ConsentReference = row.TextOrNull(4),
            ExpiresAt = row.IsDBNull(5) ? null : row.Time(5),
            EnrolledAt = row.Time(6),
            Kind =
                row.GetInt32(7) is var kind && Enum.IsDefined((PersonKind)kind)
                    ? (PersonKind)kind
                    : throw new FormatException("the kind is not known"),
            ExternalId = row.TextOrNull(8),
            Tags = row.Texts(9),
            Cover = row.IsDBNull(10) ? null : row.Id(10),
            Locked = row.GetBoolean(11),
            Dismissed = row.Texts(12),
        };

    private List<AuditEntry> Audit(string where, params ReadOnlySpan<(string, object?)> parameters)
    {
        using SqliteCommand command = connection.Command($"SELECT {AuditColumns} FROM audit {where}", parameters);
        return SqliteRows.Read(command, "audit", AuditOf);
    }

    private static AuditEntry AuditOf(SqliteDataReader row)
    {
        // An action that is not known is an altered entry; it stays in the list and fails the check of its hash.
        AuditAction action = Enum.TryParse(row.Text(2), out AuditAction known) ? known : (AuditAction)(-1);
        AuditEvent happened = new(row.Time(1), action, row.IsDBNull(3) ? null : row.Id(3), row.GetInt32(4), row.TextOrNull(5))
        {
            Actor = row.TextOrNull(8),
            Request = row.TextOrNull(9),
            Digest = row.TextOrNull(10),
        };
        return new(row.GetInt64(0), happened, row.Text(6), row.Text(7)) { Seal = row.TextOrNull(11) };
    }

    private List<Person> People(string where, params ReadOnlySpan<(string, object?)> parameters)
    {
        using SqliteCommand command = connection.Command($"SELECT {PersonColumns} FROM person p {where}", parameters);
        return SqliteRows.Read(command, "person", PersonOf);
    }

    private List<FaceReference> References(string where, params ReadOnlySpan<(string, object?)> parameters)
    {
        using SqliteCommand command = connection.Command($"SELECT {ReferenceColumns} FROM {ReferenceTables} {where}", parameters);
        return SqliteRows.Read(command, "reference", ReferenceOf);
    }

    private FaceReference ReferenceOf(SqliteDataReader row)
    {
        Guid id = row.Id(1),
            person = row.Id(2);
        return new()
        {
            Id = id,
            PersonId = person,
            Vector = Named(id, () => bytes.Unpack(id, person, row.GetFieldValue<byte[]>(3))),
            Norm = row.GetFloat(4),
            Quality = row.IsDBNull(5) ? null : row.GetDouble(5),
            Source = row.TextOrNull(6),
            SourceHash = row.TextOrNull(7),
            EnrolledAt = row.Time(8),
            HasCrop = row.GetBoolean(9),
            Baseline = row.IsDBNull(10) ? null : SqliteVectors.BaselineOf(row, 10),
            ExternalId = row.TextOrNull(11),
            Tags = row.Texts(12),
            Locked = row.GetBoolean(13),
            Digest = row.TextOrNull(14),
        };
    }

    /// <summary>Says which reference a problem is about, as people know it by its id.</summary>
    private static T Named<T>(Guid reference, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new FormatException($"reference {reference}: {e.Message}", e);
        }
    }
}
