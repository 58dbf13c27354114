using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres;

/// <summary>Statements on one connection, inside its transaction where it has one.</summary>
/// <param name="connection">Open.</param>
/// <param name="transaction">Null for single statements.</param>
/// <param name="schema">Schema of the gallery; checked when the address was read.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, NpgsqlTransaction? transaction, string schema) : IGalleryReader
{
    public NpgsqlConnection Connection => connection;

    public string Schema => schema;

    public async Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        (
            await ReadAsync(
                    $"select {PersonRows.Columns} from {schema}.people where id = $1",
                    PersonRows.Read,
                    cancellationToken,
                    [new() { Value = id }]
                )
                .ConfigureAwait(false)
        ).SingleOrDefault();

    public async Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken = default) =>
        await ReadAsync(
                $"select {PersonRows.Columns} from {schema}.people where name = $1 order by id",
                PersonRows.Read,
                cancellationToken,
                [new() { Value = name }]
            )
            .ConfigureAwait(false);

    public async Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken = default) =>
        (
            await ReadAsync(
                    $"select {PersonRows.Columns} from {schema}.people where external_id = $1",
                    PersonRows.Read,
                    cancellationToken,
                    [new() { Value = externalId }]
                )
                .ConfigureAwait(false)
        ).SingleOrDefault();

    public async Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken = default) =>
        await ReadAsync(
                $"select {ReferenceRows.Columns} from {schema}.face_references where person_id = $1 order by id",
                ReferenceRows.Read,
                cancellationToken,
                [new() { Value = personId }]
            )
            .ConfigureAwait(false);

    public async Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken = default) =>
        (
            await ReadAsync(
                    $"select {ReferenceRows.Columns} from {schema}.face_references where id = $1",
                    ReferenceRows.Read,
                    cancellationToken,
                    [new() { Value = id }]
                )
                .ConfigureAwait(false)
        ).SingleOrDefault();

    public async Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        (
            await ReadAsync(
                    $"select png from {schema}.crops where reference_id = $1",
                    row => row.GetFieldValue<byte[]>(0),
                    cancellationToken,
                    [new() { Value = referenceId }]
                )
                .ConfigureAwait(false)
        ).SingleOrDefault() ?? [];

    public async Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken = default) =>
        (
            await ReadAsync(
                    $"select sequence, hash from {schema}.audit_head where sequence > 0",
                    row => new AuditHead(row.GetInt64(0), row.GetString(1)),
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).SingleOrDefault();

    public async Task<StoreNote?> FindNoteAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        (
            await ReadAsync(
                    $"select at, content, person_id, other_id from {schema}.notes where kind = $1 and key = $2",
                    row => new StoreNote(kind, key, row.GetFieldValue<DateTimeOffset>(0), row.GetString(1))
                    {
                        PersonId = row.IsDBNull(2) ? null : row.GetGuid(2),
                        OtherId = row.IsDBNull(3) ? null : row.GetGuid(3),
                    },
                    cancellationToken,
                    [new() { Value = kind }, new() { Value = key }]
                )
                .ConfigureAwait(false)
        ).SingleOrDefault();

    /// <summary>Runs a statement.</summary>
    /// <returns>Rows changed.</returns>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using NpgsqlCommand command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a query.</summary>
    public async Task<List<T>> ReadAsync<T>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using NpgsqlCommand command = Command(sql, parameters);
        await using NpgsqlDataReader reader = await command
            .ExecuteReaderAsync(CommandBehavior.Default, cancellationToken)
            .ConfigureAwait(false);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a query page by page, each from the key of the last row on ($1).</summary>
    public async IAsyncEnumerable<T> PagesAsync<T, TKey>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        TKey start,
        Func<T, TKey> keyOf,
        int pageRows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where TKey : notnull
    {
        TKey last = start;
        List<T> page;
        do
        {
            page = await ReadAsync(sql, read, cancellationToken, new NpgsqlParameter { Value = last }).ConfigureAwait(false);
            foreach (T item in page)
                yield return item;
            if (page.Count > 0)
                last = keyOf(page[^1]);
        } while (page.Count == pageRows);
    }

    /// <summary>The first value of the first row.</summary>
    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        (await ReadAsync(sql, row => row.GetFieldValue<T>(0), cancellationToken, parameters).ConfigureAwait(false))[0];

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        NpgsqlCommand command = new(sql, connection, transaction);
        foreach (NpgsqlParameter parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }
}
