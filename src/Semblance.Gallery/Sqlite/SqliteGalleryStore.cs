using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>
/// A gallery in one SQLite file, with an exact index in memory over it. Several processes may use the file at once; each sees what the
/// others changed at its next search. What was acknowledged survives the end of the process at any moment.
/// </summary>
public sealed class SqliteGalleryStore : IGalleryStore, IEncryptedStore
{
    private const int Page = 256;

    private readonly string _path;
    private readonly SqliteConnections _connections;
    private readonly StoreOptions _options;
    private readonly Lock _stateLock = new();
    private State _state;
    private CachedCounts? _counts;

    internal SqliteGalleryStore(
        string path,
        SqliteConnections connections,
        GallerySettings settings,
        long revision,
        RecordDigest digest,
        StoreOptions options
    )
    {
        (_path, _connections, _options, Address) = (path, connections, options, $"{SqliteStoreProvider.SchemeName}:{path}");
        Digest = digest;
        _state = NewState(settings, revision, options.Key);
    }

    /// <inheritdoc/>
    public string Address { get; }

    /// <inheritdoc/>
    public GallerySettings Settings => _state.Settings;

    /// <inheritdoc/>
    /// <remarks>The secret stays the same when the key is replaced.</remarks>
    public RecordDigest Digest { get; }

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<IGalleryTransaction, Task<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _connections.WriteAsync(
            connection =>
                Task.Run(
                    async () =>
                    {
                        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
                        State state = Refresh(connection);
                        long revision = state.Revision + 1;
                        T result = await work(new SqliteGalleryTransaction(connection, state.Bytes, revision)).ConfigureAwait(false);
                        cancellationToken.ThrowIfCancellationRequested();
                        connection.Execute("UPDATE gallery SET revision = $revision", ("$revision", revision));
                        transaction.Commit();
                        Refresh(connection);
                        return result;
                    },
                    cancellationToken
                ),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<PersonHit>>> SearchAsync(
        PersonSearch search,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(search);
        State state = _connections.Read(Refresh);
        IReadOnlyList<IReadOnlyList<NumberedHit>> hits = await state.Index.SearchAsync(search, cancellationToken).ConfigureAwait(false);
        return _connections.Read(connection =>
            (IReadOnlyList<IReadOnlyList<PersonHit>>)[.. hits.Select(list => HitPeople.Read(connection, list, search))]
        );
    }

    /// <inheritdoc/>
    public Task<Person?> FindPersonAsync(Guid id, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.FindPerson(id), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Person>> FindPeopleNamedAsync(string name, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.FindPeopleNamed(name), cancellationToken);

    /// <inheritdoc/>
    public Task<Person?> FindPersonByExternalIdAsync(string externalId, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.FindPersonByExternalId(externalId), cancellationToken);

    /// <inheritdoc/>
    public Task<StoreNote?> FindNoteAsync(string kind, string key, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.FindNote(kind, key), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PersonEntry>> ListPeopleAsync(PeopleQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync(reader => reader.List(query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ReadHistoryAsync(Guid personId, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.History(personId), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> IsErasureDueAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => _connections.Read(connection => SqliteErasure.IsDue(connection)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FaceReference>> ReadReferencesAsync(Guid personId, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.References(personId), cancellationToken);

    /// <inheritdoc/>
    public Task<FaceReference?> FindReferenceAsync(Guid id, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.FindReference(id), cancellationToken);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> ReadCropAsync(Guid referenceId, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.Crop(referenceId), cancellationToken);

    /// <inheritdoc/>
    public Task<AuditHead?> ReadAuditHeadAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.AuditHead(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Person> ReadPeopleAsync(CancellationToken cancellationToken = default) =>
        PagesAsync<Person, Guid?>(null, (reader, last) => reader.PeopleAfter(last, Page), person => person.Id, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FaceReference> ReadAllReferencesAsync(CancellationToken cancellationToken = default) =>
        PagesAsync<FaceReference, Guid?>(
            null,
            (reader, last) => reader.ReferencesAfter(last, Page),
            reference => reference.Id,
            cancellationToken
        );

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditEntry> ReadAuditAsync(long after = 0, CancellationToken cancellationToken = default) =>
        PagesAsync(
            after == 0 ? long.MinValue : after,
            (reader, last) => reader.AuditAfter(last, Page),
            entry => entry.Sequence,
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<GalleryCounts> CountAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Task.Run(
            () =>
                _connections.Read(connection =>
                {
                    long revision = Refresh(connection).Revision,
                        moment = now.ToUnixTimeMilliseconds();
                    if (_counts is { } last && last.Revision == revision && moment >= last.From && moment < last.Until)
                        return last.Counts;
                    CachedCounts counted = CachedCounts.Count(connection, revision, moment, SizeOnDisk());
                    _counts = counted;
                    return counted.Counts;
                }),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task EraseRemovedAsync(CancellationToken cancellationToken = default) =>
        _connections.WriteAsync(connection => Task.Run(() => SqliteErasure.Run(connection, Address), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FaceReference>> ReadSampleAsync(
        int count,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    ) => ReadAsync(reader => reader.Sample(count, now, cancellationToken), cancellationToken);

    /// <summary>Writes the file as it is at one moment to another, which appears when it is whole; others go on reading and
    /// writing.</summary>
    internal Task BackupAsync(string file, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                string unfinished = $"{file}.{Guid.NewGuid():N}.new";
                try
                {
                    if (File.Exists(file))
                        throw SqliteFiles.Exists(file);
                    PrivateFiles.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
                    PrivateFiles.Create(unfinished).Dispose();
                    _connections.Read(connection => connection.Execute("VACUUM INTO $file", ("$file", unfinished)));
                    SqliteFiles.Move(unfinished, file);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw SqliteFailure.Of(file, e);
                }
                finally
                {
                    SqliteFiles.Delete(unfinished);
                }
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task RotateKeyAsync(EncryptionKey newKey, Func<IGalleryTransaction, Task> record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newKey);
        ArgumentNullException.ThrowIfNull(record);
        return _connections.WriteAsync(
            connection =>
                Task.Run(
                    async () =>
                    {
                        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
                        State state = Refresh(connection);
                        SqliteKeys.Reseal(
                            connection,
                            state.Bytes,
                            state.Settings.Contract.Dimension,
                            state.Key!,
                            newKey,
                            cancellationToken
                        );
                        long revision = state.Revision + 1;
                        await record(new SqliteGalleryTransaction(connection, state.Bytes, revision)).ConfigureAwait(false);
                        connection.Execute("UPDATE gallery SET revision = $revision", ("$revision", revision));
                        transaction.Commit();
                        // Searches that run go on in the old index.
                        lock (_stateLock)
                            _state = NewState(state.Settings, revision, newKey);
                        return SqliteErasure.Run(connection, Address);
                    },
                    cancellationToken
                ),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connections.Dispose();
        _state.Index.Dispose();
        return ValueTask.CompletedTask;
    }

    private State NewState(GallerySettings settings, long revision, EncryptionKey? key)
    {
        VectorBytes bytes = new(settings.Encrypted ? new PayloadCipher(key!) : null, settings.Contract.Dimension);
        return new(settings, revision, key, bytes, new(_connections, bytes, settings.Contract.Dimension, _options));
    }

    /// <summary>Notices what another process changed.</summary>
    private State Refresh(SqliteConnection connection)
    {
        long revision = connection.ReadInteger("SELECT revision FROM gallery");
        lock (_stateLock)
        {
            if (revision == _state.Revision)
                return _state;
            GallerySettings settings = SqliteKeys.ReadSettings(connection);
            if (settings.Encrypted)
                SqliteKeys.Check(connection, Address, _state.Key);
            if (settings.Encrypted != _state.Settings.Encrypted)
                throw new GalleryDamagedException(_path, "table gallery", "whether it is encrypted has changed");
            // The dimension is the index's; the embedder may change with every vector in it.
            _state =
                settings.Contract == _state.Settings.Contract
                    ? _state with
                    {
                        Revision = revision,
                        Settings = settings,
                    }
                    : NewState(settings, revision, _state.Key);
            return _state;
        }
    }

    private long SizeOnDisk() =>
        new[] { _path, _path + "-wal" }.Select(file => new FileInfo(file)).Where(file => file.Exists).Sum(file => file.Length);

    private T Read<T>(Func<SqliteReader, T> work) =>
        _connections.Read(connection => work(new SqliteReader(connection, Refresh(connection).Bytes)));

    private Task<T> ReadAsync<T>(Func<SqliteReader, T> work, CancellationToken cancellationToken) =>
        Task.Run(() => Read(work), cancellationToken);

    private async IAsyncEnumerable<T> PagesAsync<T, TKey>(
        TKey start,
        Func<SqliteReader, TKey, IReadOnlyList<T>> read,
        Func<T, TKey> keyOf,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        TKey last = start;
        IReadOnlyList<T> page;
        do
        {
            page = await ReadAsync(reader => read(reader, last), cancellationToken).ConfigureAwait(false);
            foreach (T item in page)
                yield return item;
            if (page.Count > 0)
                last = keyOf(page[^1]);
        } while (page.Count == Page);
    }

    private sealed record State(GallerySettings Settings, long Revision, EncryptionKey? Key, VectorBytes Bytes, SqliteIndex Index);
}
