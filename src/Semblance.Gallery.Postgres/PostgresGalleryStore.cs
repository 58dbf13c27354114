using System.Runtime.CompilerServices;
using Npgsql;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres;

/// <summary>A gallery on a server, for any number of processes at once. Connections come from a pool; thread-safe.</summary>
public sealed class PostgresGalleryStore : IGalleryStore
{
    private const int PageRows = 500,
        Attempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private readonly PostgresAddress _address;
    private readonly NpgsqlDataSource _source;

    internal PostgresGalleryStore(PostgresAddress address, NpgsqlDataSource source, GallerySettings settings) =>
        (_address, _source, Settings) = (address, source, settings);

    /// <inheritdoc/>
    public string Address => _address.ToString();

    /// <inheritdoc/>
    public GallerySettings Settings { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="GalleryException">Another process has embedded the gallery anew since it was opened.</exception>
    public async Task<T> WriteAsync<T>(Func<IGalleryTransaction, Task<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        TimeSpan pause = FirstPause;
        for (int attempt = 1; ; attempt++, pause *= 2)
        {
            try
            {
                return await WriteOnceAsync((transaction, _) => work(transaction), cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e)
                when (e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected && attempt < Attempts)
            {
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Adds people with their references by binary COPY, in one transaction with their audit entries.</summary>
    /// <param name="people">New people and their references, without crops; read once.</param>
    /// <param name="clock">Dates the audit entries; null for the system's.</param>
    /// <param name="cancellationToken">Undoes the import.</param>
    /// <returns>How many references were added.</returns>
    /// <exception cref="ArgumentException">A vector has another length than the gallery's.</exception>
    public Task<long> ImportAsync(
        IAsyncEnumerable<(Person Person, IReadOnlyList<FaceReference> References)> people,
        TimeProvider? clock = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(people);
        return WriteOnceAsync(
            (transaction, session) =>
                new BulkImport(session, Settings.Contract.Dimension, clock ?? TimeProvider.System).RunAsync(
                    people,
                    transaction,
                    cancellationToken
                ),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IReadOnlyList<PersonHit>>> SearchAsync(PersonSearch search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return PostgresFailure.GuardAsync(_address, async () =>
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            // What a search sets ends with its transaction, so the pooled connection stays clean.
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            return await new NearestPeople(new(connection, transaction, _address.Schema), _address, Settings.Contract.Dimension)
                .FindAsync(search, cancellationToken)
                .ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    public Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.FindPersonAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.FindPeopleNamedAsync(name, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.FindPersonByExternalIdAsync(externalId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<StoreNote?> FindNoteAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.FindNoteAsync(kind, key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PersonEntry>> ListPeopleAsync(PeopleQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        string schema = _address.Schema;
        string sql = $"""
            select {PersonRows.ColumnsOf("p")}, coalesce(t.reference_count, 0),
                coalesce(p.cover, (select r.id from {schema}.face_references r where r.person_id = p.id order by r.id limit 1))
            from {schema}.people p left join {schema}.templates t on t.person_id = p.id
            where p.kind = $1 and p.id > $2 and ($3::text is null or $3 = any (p.tags))
                and ($4::text is null or position(lower($4 collate "C") in lower(p.name)) > 0)
            order by p.id limit $5
            """;
        return await ReadAsync(
                session =>
                    session.ReadAsync(
                        sql,
                        row => new PersonEntry(
                            PersonRows.Read(row),
                            row.GetInt32(PersonRows.ColumnCount),
                            row.IsDBNull(PersonRows.ColumnCount + 1) ? null : row.GetGuid(PersonRows.ColumnCount + 1)
                        ),
                        cancellationToken,
                        new NpgsqlParameter { Value = (short)query.Kind },
                        new NpgsqlParameter { Value = query.After ?? Guid.Empty },
                        Sql.Text(query.Tag),
                        Sql.Text(query.NamePart),
                        new NpgsqlParameter { Value = query.Limit }
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditEntry>> ReadHistoryAsync(Guid personId, CancellationToken cancellationToken = default) =>
        await ReadAsync(
                session =>
                    session.ReadAsync(
                        $"select {AuditRows.Columns} from {_address.Schema}.audit where person_id = $1 order by sequence",
                        AuditRows.Read,
                        cancellationToken,
                        new NpgsqlParameter { Value = personId }
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.ReadReferencesAsync(personId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.FindReferenceAsync(id, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.ReadCropAsync(referenceId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.ReadAuditHeadAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Person> ReadPeopleAsync(CancellationToken cancellationToken = default) =>
        PagesAsync(PeoplePages, PersonRows.Read, Guid.Empty, person => person.Id, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FaceReference> ReadAllReferencesAsync(CancellationToken cancellationToken = default) =>
        PagesAsync(
            $"select {ReferenceRows.Columns} from {_address.Schema}.face_references where id > $1 order by id limit {PageRows}",
            ReferenceRows.Read,
            Guid.Empty,
            reference => reference.Id,
            cancellationToken
        );

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FaceReference>> ReadSampleAsync(
        int count,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    )
    {
        string table = $"{_address.Schema}.face_references";
        // Only what is taken crosses the network.
        string sql = $"""
            with active as (select id, row_number() over (order by id) as place, count(*) over () as total from {table} where kind = 0 and
            (expires_at is null or expires_at > $2))
            select {ReferenceRows.Columns} from {table}
            where id in (select id from active where total <= $1 or place * $1 / total > (place - 1) * $1 / total) order by id
            """;
        return await ReadAsync(
                session =>
                    session.ReadAsync(
                        sql,
                        ReferenceRows.Read,
                        cancellationToken,
                        new NpgsqlParameter { Value = (long)count },
                        Sql.Time(now)
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditEntry> ReadAuditAsync(long after = 0, CancellationToken cancellationToken = default) =>
        PagesAsync(AuditPages, AuditRows.Read, after, entry => entry.Sequence, cancellationToken);

    /// <inheritdoc/>
    public Task<GalleryCounts> CountAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        string schema = _address.Schema;
        string sql = $"""
            select
                (select count(*) from {schema}.people where kind = 0),
                (select count(*) from {schema}.people where kind = 0 and expires_at <= $1),
                coalesce(sum(reference_count) filter (where expires_at is null or expires_at > $1), 0)::bigint,
                coalesce(sum(reference_count) filter (where expires_at <= $1), 0)::bigint,
                coalesce(sum(reference_count::bigint * (reference_count - 1) / 2) filter (where expires_at is null or expires_at > $1),
                0)::bigint,
                (select count(*) from {schema}.crops),
                (select coalesce(sum(pg_total_relation_size(oid)), 0)::bigint from pg_class where relnamespace = '{schema}'::regnamespace
                and relkind = 'r'),
                (select count(*) from {schema}.people where kind <> 0)
            from {schema}.templates where kind = 0
            """;
        return ReadAsync(
            async session =>
                (
                    await session
                        .ReadAsync(
                            sql,
                            row => new GalleryCounts(
                                row.GetInt64(0),
                                row.GetInt64(1),
                                row.GetInt64(2),
                                row.GetInt64(3),
                                row.GetInt64(4),
                                row.GetInt64(5),
                                row.GetInt64(6)
                            )
                            {
                                Strangers = row.GetInt64(7),
                            },
                            cancellationToken,
                            Sql.Time(now)
                        )
                        .ConfigureAwait(false)
                )[0],
            cancellationToken
        );
    }

    /// <inheritdoc/>
    /// <remarks>Frees the rows; the server overwrites their bytes when it uses the space again. docs/postgres.md says what write-ahead logs
    /// and backups keep.</remarks>
    public Task EraseRemovedAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(
            async session =>
                await session
                    .ExecuteAsync(
                        $"vacuum {_address.Schema}.people, {_address.Schema}.face_references, {_address.Schema}.templates, "
                            + $"{_address.Schema}.crops",
                        cancellationToken
                    )
                    .ConfigureAwait(false),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task CopyToAsync(IGalleryTransaction target, CancellationToken cancellationToken = default) =>
        PostgresFailure.GuardAsync(_address, async () =>
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            // Everything is read as of one moment, whatever others write meanwhile.
            await using NpgsqlTransaction transaction = await connection
                .BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken)
                .ConfigureAwait(false);
            PostgresSession session = new(connection, transaction, _address.Schema);
            await GalleryCopy
                .RunAsync(
                    session.PagesAsync(PeoplePages, PersonRows.Read, Guid.Empty, person => person.Id, PageRows, cancellationToken),
                    session.PagesAsync(AuditPages, AuditRows.Read, 0L, entry => entry.Sequence, PageRows, cancellationToken),
                    session,
                    target,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return 0;
        });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private string PeoplePages => $"select {PersonRows.Columns} from {_address.Schema}.people where id > $1 order by id limit {PageRows}";

    private string AuditPages =>
        $"select {AuditRows.Columns} from {_address.Schema}.audit where sequence > $1 order by sequence limit {PageRows}";

    private Task<T> WriteOnceAsync<T>(Func<PostgresTransaction, PostgresSession, Task<T>> work, CancellationToken cancellationToken) =>
        PostgresFailure.GuardAsync(_address, async () =>
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            PostgresSession session = new(connection, transaction, _address.Schema);
            PostgresTransaction changes = new(session, Settings.Contract.Dimension);
            await changes.LockAsync(cancellationToken).ConfigureAwait(false);
            await CheckContractAsync(session, cancellationToken).ConfigureAwait(false);
            T result = await work(changes, session).ConfigureAwait(false);
            await changes.FinishAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            if (changes.NewSettings is { } settings)
                Settings = settings;
            return result;
        });

    /// <summary>Whoever opened the gallery before it was embedded anew must not write vectors of the old embedder.</summary>
    private async Task CheckContractAsync(PostgresSession session, CancellationToken cancellationToken)
    {
        string json = await session
            .ScalarAsync<string>($"select settings::text from {_address.Schema}.gallery", cancellationToken)
            .ConfigureAwait(false);
        GallerySettings current = PostgresJson.SettingsOf(_address, json);
        if (current.Contract != Settings.Contract)
            throw new GalleryException(
                $"{Address}: the gallery was embedded anew by '{current.Contract.Embedder}' since it was opened here; open it again"
            );
    }

    private Task<T> ReadAsync<T>(Func<PostgresSession, Task<T>> read, CancellationToken cancellationToken) =>
        PostgresFailure.GuardAsync(_address, async () =>
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await read(new(connection, null, _address.Schema)).ConfigureAwait(false);
        });

    private async IAsyncEnumerable<T> PagesAsync<T, TKey>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        TKey start,
        Func<T, TKey> keyOf,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where TKey : notnull
    {
        TKey last = start;
        List<T> page;
        do
        {
            page = await ReadAsync(
                    session => session.ReadAsync(sql, read, cancellationToken, new NpgsqlParameter { Value = last }),
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (T item in page)
                yield return item;
            if (page.Count > 0)
                last = keyOf(page[^1]);
        } while (page.Count == PageRows);
    }
}
