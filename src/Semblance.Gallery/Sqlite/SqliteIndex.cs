using Microsoft.Data.Sqlite;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Search;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>
/// The index in memory over a file. Loaded at the first search; what any process changed since is read before each search, so a search sees
/// every
/// enrolment that was acknowledged before it began. Thread-safe.
/// </summary>
internal sealed class SqliteIndex(SqliteConnections connections, VectorBytes bytes, int dimension, StoreOptions options) : IDisposable
{
    private const int LoadBatch = 1024;
    private const long Int8From = 200_000;

    private readonly SemaphoreSlim _updating = new(1, 1);
    private readonly Dictionary<ReferenceFusion, FloatVectorIndex> _templates = [];
    private Dictionary<int, long> _expirations = [];
    private ChunkedVectorIndex? _references;
    private long _revision = -1;

    /// <summary>The people most similar to each probe, by number in the file.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<NumberedHit>>> SearchAsync(PersonSearch search, CancellationToken cancellationToken)
    {
        (IVectorIndex index, Dictionary<int, long> expirations) = await RefreshAsync(search.Fusion, cancellationToken)
            .ConfigureAwait(false);
        long now = search.Now.ToUnixTimeMilliseconds();
        HashSet<int> expired = [.. expirations.Where(pair => pair.Value <= now).Select(pair => pair.Key)];
        Func<long, bool>? filter = expired.Count == 0 ? null : id => !expired.Contains(IndexKey.Of(id).Person);
        return await Task.Run(() => PersonRanking.Search(index, search, filter, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    public void Dispose()
    {
        _updating.Dispose();
        _references?.Dispose();
        foreach (FloatVectorIndex index in _templates.Values)
            index.Dispose();
    }

    private async Task<(IVectorIndex Index, Dictionary<int, long> Expirations)> RefreshAsync(
        ReferenceFusion fusion,
        CancellationToken cancellationToken
    )
    {
        await _updating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                    () =>
                        connections.Read(connection =>
                        {
                            using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
                            Update(connection, cancellationToken);
                            return (
                                (IVectorIndex)(
                                    fusion == ReferenceFusion.Best ? _references! : Templates(connection, fusion, cancellationToken)
                                ),
                                _expirations
                            );
                        }),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        finally
        {
            _updating.Release();
        }
    }

    /// <summary>Reads what changed since the last time, all of it at the first.</summary>
    private void Update(SqliteConnection connection, CancellationToken cancellationToken)
    {
        long revision = connection.ReadInteger("SELECT revision FROM gallery");
        if (revision == _revision)
            return;
        bool first = _references is null;
        long total = first ? connection.ReadInteger("SELECT count(*) FROM reference") : 0;
        _references ??=
            options.Precision == IndexPrecision.Int8 || (options.Precision == IndexPrecision.Auto && total >= Int8From)
                ? new Int8VectorIndex(dimension, new SqliteVectors(connections, bytes))
                : new FloatVectorIndex(dimension);
        HashSet<int> touched = [];
        if (!first)
            Remove(connection, touched);
        Load(connection, total, touched, cancellationToken);
        _expirations = ReadExpirations(connection);
        foreach ((ReferenceFusion fusion, FloatVectorIndex index) in _templates)
            UpdateTemplates(connection, fusion, index, touched);
        _revision = revision;
    }

    private void Remove(SqliteConnection connection, HashSet<int> touched)
    {
        using SqliteCommand command = connection.Command(
            "SELECT person, reference FROM removal WHERE revision > $after",
            ("$after", _revision)
        );
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            IndexKey key = IndexKey.Of(row.GetInt64(0), row.GetInt64(1));
            _references!.Remove(key.Packed);
            touched.Add(key.Person);
        }
    }

    private void Load(SqliteConnection connection, long total, HashSet<int> touched, CancellationToken cancellationToken)
    {
        using SqliteCommand command =
            _revision < 0
                ? connection.Command("SELECT person, number, id, vector FROM reference")
                : connection.Command("SELECT person, number, id, vector FROM reference WHERE revision > $after", ("$after", _revision));
        using SqliteDataReader row = command.ExecuteReader();
        long[] keys = new long[LoadBatch];
        float[] vectors = new float[LoadBatch * dimension];
        long loaded = 0;
        int filled = 0;
        while (row.Read())
        {
            IndexKey key = IndexKey.Of(row.GetInt64(0), row.GetInt64(1));
            keys[filled] = key.Packed;
            bytes.Unpack(row.Id(2), row.GetFieldValue<byte[]>(3)).CopyTo(vectors, filled * dimension);
            if (_templates.Count > 0)
                touched.Add(key.Person);
            if (++filled == LoadBatch)
                Flush();
        }
        Flush();

        void Flush()
        {
            cancellationToken.ThrowIfCancellationRequested();
            _references!.Upsert(keys.AsSpan(0, filled), vectors.AsSpan(0, filled * dimension));
            loaded += filled;
            filled = 0;
            if (total > 0)
                options.Progress?.Report((loaded, total));
        }
    }

    private static Dictionary<int, long> ReadExpirations(SqliteConnection connection)
    {
        using SqliteCommand command = connection.Command("SELECT number, expires_at FROM person WHERE expires_at IS NOT NULL");
        using SqliteDataReader row = command.ExecuteReader();
        Dictionary<int, long> expirations = [];
        while (row.Read())
            expirations[row.GetInt32(0)] = row.GetInt64(1);
        return expirations;
    }

    private FloatVectorIndex Templates(SqliteConnection connection, ReferenceFusion fusion, CancellationToken cancellationToken)
    {
        if (_templates.TryGetValue(fusion, out FloatVectorIndex? known))
            return known;
        FloatVectorIndex index = new(dimension);
        using SqliteCommand command = connection.Command("SELECT person, number, id, vector, norm FROM reference ORDER BY person");
        using SqliteDataReader row = command.ExecuteReader();
        List<FaceReference> own = [];
        int person = 0;
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.GetInt32(0) != person)
                Flush();
            person = row.GetInt32(0);
            own.Add(Vector(row));
        }
        Flush();
        return _templates[fusion] = index;

        void Flush()
        {
            if (own.Count > 0)
                index.Upsert(new IndexKey(person, 0).Packed, FusedSimilarity.Template(own, fusion));
            own.Clear();
        }
    }

    private void UpdateTemplates(SqliteConnection connection, ReferenceFusion fusion, FloatVectorIndex index, HashSet<int> touched)
    {
        foreach (int person in touched)
        {
            using SqliteCommand command = connection.Command(
                "SELECT person, number, id, vector, norm FROM reference WHERE person = $person",
                ("$person", person)
            );
            using SqliteDataReader row = command.ExecuteReader();
            List<FaceReference> own = [];
            while (row.Read())
                own.Add(Vector(row));
            long key = new IndexKey(person, 0).Packed;
            if (own.Count == 0)
                index.Remove(key);
            else
                index.Upsert(key, FusedSimilarity.Template(own, fusion));
        }
    }

    private FaceReference Vector(SqliteDataReader row)
    {
        Guid id = row.Id(2);
        return new()
        {
            Id = id,
            PersonId = Guid.Empty,
            Vector = bytes.Unpack(id, row.GetFieldValue<byte[]>(3)),
            Norm = row.GetFloat(4),
            EnrolledAt = default,
        };
    }
}
