using System.Text.Json;
using Microsoft.Data.Sqlite;
using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Sqlite;

/// <summary>Reads through one connection, inside its transaction where it has one. Not thread-safe.</summary>
internal sealed class SqliteReader(SqliteConnection connection, VectorBytes bytes)
{
    public const string PersonColumns = "p.id, p.name, p.metadata, p.consent, p.expires_at, p.enrolled_at";

    private const string ReferenceColumns =
        "r.id, p.id, r.vector, r.norm, r.quality, r.source, r.source_hash, r.enrolled_at, EXISTS (SELECT 1 FROM crop c WHERE "
        + "c.reference = r.number)";

    private const string ReferenceTables = "reference r JOIN person p ON p.number = r.person";

    public Person? FindPerson(Guid id) => People("WHERE p.id = $id", ("$id", id.ToKey())).SingleOrDefault();

    public IReadOnlyList<Person> FindPeopleNamed(string name) => People("WHERE p.name = $name ORDER BY p.id", ("$name", name));

    public IReadOnlyList<Person> PeopleAfter(Guid? id, int count) =>
        People("WHERE p.id > $id ORDER BY p.id LIMIT $count", ("$id", id?.ToKey() ?? []), ("$count", count));

    public IReadOnlyList<FaceReference> References(Guid personId) =>
        References("WHERE p.id = $id ORDER BY r.id", ("$id", personId.ToKey()));

    public IReadOnlyList<FaceReference> ReferencesAfter(Guid? id, int count) =>
        References("WHERE r.id > $id ORDER BY r.id LIMIT $count", ("$id", id?.ToKey() ?? []), ("$count", count));

    /// <summary>References of people who have not expired, at even distances of the numbers.</summary>
    public IReadOnlyList<FaceReference> Sample(int count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string Active = "(p.expires_at IS NULL OR p.expires_at > $now)";
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
            "SELECT c.png FROM crop c JOIN reference r ON r.number = c.reference WHERE r.id = $id",
            ("$id", referenceId.ToKey())
        );
        return command.ExecuteScalar() is byte[] kept ? bytes.UnpackCrop(referenceId, kept) : ReadOnlyMemory<byte>.Empty;
    }

    public AuditHead? AuditHead()
    {
        using SqliteCommand command = connection.Command("SELECT audit_sequence, audit_hash FROM gallery");
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() && !row.IsDBNull(0) ? new(row.GetInt64(0), row.GetString(1)) : null;
    }

    public IReadOnlyList<AuditEntry> AuditAfter(long sequence, int count)
    {
        using SqliteCommand command = connection.Command(
            "SELECT sequence, at, action, person, reference_count, detail, previous, hash FROM audit WHERE sequence > $after ORDER BY "
                + "sequence LIMIT $count",
            ("$after", sequence),
            ("$count", count)
        );
        using SqliteDataReader row = command.ExecuteReader();
        List<AuditEntry> entries = [];
        while (row.Read())
        {
            // An action that is not known is an altered entry; it stays in the list and fails the check of its hash.
            AuditAction action = Enum.TryParse(row.GetString(2), out AuditAction known) ? known : (AuditAction)(-1);
            entries.Add(
                new(
                    row.GetInt64(0),
                    new(row.Time(1), action, row.IsDBNull(3) ? null : row.Id(3), row.GetInt32(4), row.TextOrNull(5)),
                    row.GetString(6),
                    row.GetString(7)
                )
            );
        }
        return entries;
    }

    private List<Person> People(string where, params ReadOnlySpan<(string, object?)> parameters)
    {
        using SqliteCommand command = connection.Command($"SELECT {PersonColumns} FROM person p {where}", parameters);
        using SqliteDataReader row = command.ExecuteReader();
        List<Person> people = [];
        while (row.Read())
        {
            people.Add(
                new()
                {
                    Id = row.Id(0),
                    Name = row.GetString(1),
                    Metadata = JsonSerializer.Deserialize(row.GetString(2), MetadataJson.Default.DictionaryStringString)!,
                    ConsentReference = row.TextOrNull(3),
                    ExpiresAt = row.IsDBNull(4) ? null : row.Time(4),
                    EnrolledAt = row.Time(5),
                }
            );
        }
        return people;
    }

    private List<FaceReference> References(string where, params ReadOnlySpan<(string, object?)> parameters)
    {
        using SqliteCommand command = connection.Command($"SELECT {ReferenceColumns} FROM {ReferenceTables} {where}", parameters);
        using SqliteDataReader row = command.ExecuteReader();
        List<FaceReference> references = [];
        while (row.Read())
        {
            Guid id = row.Id(0);
            references.Add(
                new()
                {
                    Id = id,
                    PersonId = row.Id(1),
                    Vector = bytes.Unpack(id, row.GetFieldValue<byte[]>(2)),
                    Norm = row.GetFloat(3),
                    Quality = row.IsDBNull(4) ? null : row.GetDouble(4),
                    Source = row.TextOrNull(5),
                    SourceHash = row.TextOrNull(6),
                    EnrolledAt = row.Time(7),
                    HasCrop = row.GetBoolean(8),
                }
            );
        }
        return references;
    }
}
