using Microsoft.Data.Sqlite;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Search;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Sqlite;

/// <summary>
/// The index in memory over a file. Loaded at the first search; what any process changed since is read before each search, so a search sees
/// every enrolment that was acknowledged before it began. Thread-safe.
/// </summary>
internal sealed class SqliteIndex(SqliteConnections connections, VectorBytes bytes, int dimension, StoreOptions options) : IDisposable
{
    private const int LoadBatch = 1024;
    private const long Int8From = 200_000;
    private const string Columns = "r.number, r.person, r.id, p.id, r.vector, r.norm, r.baseline",
        Tables = "reference r JOIN person p ON p.number = r.person";

    private readonly SemaphoreSlim _updating = new(1, 1);
    private readonly Dictionary<ReferenceFusion, FloatVectorIndex> _templates = [];
    private Dictionary<int, (PersonKind Kind, long ExpiresAt)> _people = [];
    private ChunkedVectorIndex? _references;
    private long _revision = -1;

    /// <summary>The people most similar to each probe, by number in the file.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<NumberedHit>>> SearchAsync(PersonSearch search, CancellationToken cancellationToken)
    {
        (IVectorIndex index, var people) = await RefreshAsync(search.Fusion, cancellationToken).ConfigureAwait(false);
        long now = search.Now.ToUnixTimeMilliseconds();
        // Nearly everybody is known and does not expire; only the others stand in the list.
        Func<long, bool>? filter =
            people.Count == 0 && search.Kind == PersonKind.Known
                ? null
                : id =>
                    people.TryGetValue(IndexKey.Of(id).Person, out var held)
                        ? held.Kind == search.Kind && held.ExpiresAt > now
                        : search.Kind == PersonKind.Known;
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

    private async Task<(IVectorIndex Index, Dictionary<int, (PersonKind Kind, long ExpiresAt)> People)> RefreshAsync(
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
                                _people
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
        bool first = _references is null;
        if (revision == _revision && !first)
            return;
        long total = first ? connection.ReadInteger("SELECT count(*) FROM reference") : 0;
        _references ??=
            options.Precision == IndexPrecision.Int8 || (options.Precision == IndexPrecision.Auto && total >= Int8From)
                ? new Int8VectorIndex(dimension, new SqliteVectors(connections, bytes))
                : new FloatVectorIndex(dimension);
        HashSet<int> touched = [];
        if (!first)
            Remove(connection, touched);
        Load(connection, total, touched, cancellationToken);
        _people = ReadPeople(connection);
        foreach ((ReferenceFusion fusion, FloatVectorIndex index) in _templates)
            UpdateTemplates(connection, fusion, index, touched);
        _revision = revision;
    }

    private void Remove(SqliteConnection connection, HashSet<int> touched)
    {
        using SqliteCommand command = connection.Command(
            "SELECT rowid, person, reference FROM removal WHERE revision > $after",
            ("$after", _revision)
        );
        foreach (IndexKey key in SqliteRows.Read(command, "removal", row => IndexKey.Of(row.GetInt64(1), row.GetInt64(2))))
        {
            _references!.Remove(key.Packed);
            touched.Add(key.Person);
        }
    }

    private void Load(SqliteConnection connection, long total, HashSet<int> touched, CancellationToken cancellationToken)
    {
        using SqliteCommand command =
            _revision < 0
                ? connection.Command($"SELECT {Columns} FROM {Tables}")
                : connection.Command($"SELECT {Columns} FROM {Tables} WHERE r.revision > $after", ("$after", _revision));
        using SqliteDataReader row = command.ExecuteReader();
        long[] keys = new long[LoadBatch];
        float[] vectors = new float[LoadBatch * dimension],
            biases = new float[LoadBatch];
        long loaded = 0;
        int filled = 0;
        while (row.Read())
        {
            (IndexKey key, FaceReference reference) = SqliteRows.One(command, row, "reference", Read);
            keys[filled] = key.Packed;
            reference.Vector.CopyTo(vectors.AsMemory(filled * dimension, dimension));
            biases[filled] = FusedSimilarity.BiasOf(reference.Baseline);
            if (_templates.Count > 0)
                touched.Add(key.Person);
            if (++filled == LoadBatch)
                Flush();
        }
        Flush();

        void Flush()
        {
            cancellationToken.ThrowIfCancellationRequested();
            _references!.Upsert(keys.AsSpan(0, filled), vectors.AsSpan(0, filled * dimension), biases.AsSpan(0, filled));
            loaded += filled;
            filled = 0;
            if (total > 0)
                options.Progress?.Report((loaded, total));
        }
    }

    /// <summary>Strangers, and people who expire: whoever else is held is known and does not.</summary>
    private static Dictionary<int, (PersonKind Kind, long ExpiresAt)> ReadPeople(SqliteConnection connection)
    {
        using SqliteCommand command = connection.Command(
            "SELECT number, kind, expires_at FROM person WHERE expires_at IS NOT NULL OR kind <> 0"
        );
        return SqliteRows
            .Read(command, "person", row =>
                (Number: row.GetInt32(0), Kind: (PersonKind)row.GetInt32(1), ExpiresAt: row.IsDBNull(2) ? long.MaxValue : row.GetInt64(2))
            )
            .ToDictionary(person => person.Number, person => (person.Kind, person.ExpiresAt));
    }

    private FloatVectorIndex Templates(SqliteConnection connection, ReferenceFusion fusion, CancellationToken cancellationToken)
    {
        if (_templates.TryGetValue(fusion, out FloatVectorIndex? known))
            return known;
        FloatVectorIndex index = new(dimension);
        using SqliteCommand command = connection.Command($"SELECT {Columns} FROM {Tables} ORDER BY r.person");
        using SqliteDataReader row = command.ExecuteReader();
        List<FaceReference> own = [];
        int person = 0;
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            (IndexKey key, FaceReference reference) = SqliteRows.One(command, row, "reference", Read);
            if (key.Person != person)
                Flush();
            person = key.Person;
            own.Add(reference);
        }
        Flush();
        return _templates[fusion] = index;

        void Flush()
        {
            if (own.Count > 0)
                Upsert(index, person, own, fusion);
            own.Clear();
        }
    }

    private void UpdateTemplates(SqliteConnection connection, ReferenceFusion fusion, FloatVectorIndex index, HashSet<int> touched)
    {
        foreach (int person in touched)
        {
            using SqliteCommand command = connection.Command(
                $"SELECT {Columns} FROM {Tables} WHERE r.person = $person",
                ("$person", person)
            );
            List<FaceReference> own = [.. SqliteRows.Read(command, "reference", Read).Select(read => read.Reference)];
            if (own.Count == 0)
                index.Remove(new IndexKey(person, 0).Packed);
            else
                Upsert(index, person, own, fusion);
        }
    }

    private static void Upsert(FloatVectorIndex index, int person, List<FaceReference> references, ReferenceFusion fusion) =>
        index.Upsert(
            new IndexKey(person, 0).Packed,
            FusedSimilarity.Template(references, fusion),
            FusedSimilarity.BiasOf(FusedSimilarity.BaselineOf(references, fusion))
        );

    /// <summary>What a search needs of a row of <see cref="Columns"/>.</summary>
    private (IndexKey Key, FaceReference Reference) Read(SqliteDataReader row)
    {
        Guid id = row.Id(2),
            person = row.Id(3);
        try
        {
            return (
                IndexKey.Of(row.GetInt64(1), row.GetInt64(0)),
                new()
                {
                    Id = id,
                    PersonId = person,
                    Vector = bytes.Unpack(id, person, row.GetFieldValue<byte[]>(4)),
                    Norm = row.GetFloat(5),
                    Baseline = row.IsDBNull(6) ? null : SqliteVectors.BaselineOf(row, 6),
                    EnrolledAt = default,
                }
            );
        }
        catch (FormatException e)
        {
            throw new FormatException($"reference {id}: {e.Message}", e);
        }
    }
}
