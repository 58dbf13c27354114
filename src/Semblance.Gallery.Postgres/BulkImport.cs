using Npgsql;
using NpgsqlTypes;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Search;

namespace Semblance.Gallery.Postgres;

/// <summary>
/// New people by binary COPY, table after table. The server fills the indexes as rows come; for a first import of millions it is quicker to
/// drop the HNSW indexes before and make them after (docs/postgres.md).
/// </summary>
internal sealed class BulkImport(PostgresSession session, int dimension, TimeProvider clock)
{
    /// <summary>People whose rows are held in memory: one COPY runs at a time on a connection.</summary>
    private const int BlockPeople = 2000;

    public async Task<long> RunAsync(
        IAsyncEnumerable<(Person Person, IReadOnlyList<FaceReference> References)> people,
        PostgresTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        AuditHead? head = await session.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
        List<(Person Person, IReadOnlyList<FaceReference> References)> block = [];
        long added = 0;
        await foreach (
            (Person person, IReadOnlyList<FaceReference> references) in people.WithCancellation(cancellationToken).ConfigureAwait(false)
        )
        {
            Check(references);
            block.Add((person, [.. references.Select(reference => reference with { Digest = RecordDigest.Plain.Of(reference, []) })]));
            added += references.Count;
            if (block.Count < BlockPeople)
                continue;
            head = await WriteAsync(block, head, cancellationToken).ConfigureAwait(false);
            block.Clear();
        }
        head = await WriteAsync(block, head, cancellationToken).ConfigureAwait(false);
        if (head is not null)
            await transaction.SetHeadAsync(head, cancellationToken).ConfigureAwait(false);
        return added;
    }

    private void Check(IReadOnlyList<FaceReference> references)
    {
        foreach (FaceReference reference in references)
        {
            if (reference.Vector.Length != dimension)
                throw new ArgumentException(
                    $"The vector of reference {reference.Id} has {reference.Vector.Length} components, the gallery {dimension}."
                );
            if (UnitVectors.ProblemOf(reference.Vector.Span) is { } problem)
                throw new ArgumentException($"Reference {reference.Id}: {problem}.");
            if (reference.HasCrop)
                throw new ArgumentException($"Reference {reference.Id} has a crop; enrol it instead.");
        }
    }

    private async Task<AuditHead?> WriteAsync(
        List<(Person Person, IReadOnlyList<FaceReference> References)> block,
        AuditHead? head,
        CancellationToken cancellationToken
    )
    {
        if (block.Count == 0)
            return head;
        await CopyAsync(
                $"people ({PersonRows.Columns})",
                block,
                (copy, item) => PersonRows.CopyAsync(copy, item.Person, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        await CopyAsync(
                $"face_references ({ReferenceRows.Columns}, expires_at, kind)",
                block.SelectMany(item => item.References.Select(reference => (reference, item.Person))),
                (copy, item) => ReferenceRows.CopyAsync(copy, item.reference, item.Person, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        await CopyAsync(
                "templates (person_id, reference_count, mean, norm_weighted, expires_at, kind)",
                block.Where(item => item.References.Count > 0),
                (copy, item) => CopyTemplateAsync(copy, item.Person, item.References, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        List<AuditEntry> entries = [];
        foreach ((Person person, IReadOnlyList<FaceReference> references) in block)
        {
            foreach (
                (AuditAction action, int count) in (ReadOnlySpan<(AuditAction, int)>)
                    [(AuditAction.PersonEnrolled, 0), (AuditAction.ReferencesAdded, references.Count)]
            )
            {
                if (action == AuditAction.ReferencesAdded && count == 0)
                    continue;
                AuditEntry entry = AuditChain.Next(
                    head,
                    new(clock.GetUtcNow(), action, person.Id, count, null) { Digest = RecordDigest.Plain.Of(person, references) }
                );
                entries.Add(entry);
                head = entry.Head;
            }
        }
        await CopyAsync(
                $"audit ({AuditRows.Columns})",
                entries,
                (copy, entry) => AuditRows.CopyAsync(copy, entry, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        return head;
    }

    private static async Task CopyTemplateAsync(
        NpgsqlBinaryImporter copy,
        Person person,
        IReadOnlyList<FaceReference> references,
        CancellationToken cancellationToken
    )
    {
        await copy.StartRowAsync(cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(person.Id, NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(references.Count, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(RankedVector.Template(references, ReferenceFusion.Mean), cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync(RankedVector.Template(references, ReferenceFusion.NormWeighted), cancellationToken).ConfigureAwait(false);
        await Sql.CopyTimeAsync(copy, person.ExpiresAt, cancellationToken).ConfigureAwait(false);
        await copy.WriteAsync((short)person.Kind, NpgsqlDbType.Smallint, cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync<T>(
        string target,
        IEnumerable<T> rows,
        Func<NpgsqlBinaryImporter, T, Task> write,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlBinaryImporter copy = await session
            .Connection.BeginBinaryImportAsync($"copy {session.Schema}.{target} from stdin (format binary)", cancellationToken)
            .ConfigureAwait(false);
        foreach (T row in rows)
            await write(copy, row).ConfigureAwait(false);
        await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
