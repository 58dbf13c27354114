using Npgsql;
using Pgvector;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres;

/// <summary>Searches on the server, inside a transaction.</summary>
internal sealed class NearestPeople(PostgresSession session, PostgresAddress address, int dimension)
{
    /// <summary>References fetched for each person asked for; people have a few each, more are fetched when that was too little.</summary>
    private const int RowsAPerson = 4,
        SmallestFetch = 32,
        Growth = 4;

    /// <summary>Plans as asked for, whatever the planner thinks of the table's size.</summary>
    internal const string ExactSettings = "set local enable_indexscan = off",
        IndexSettings = "set local enable_seqscan = off";

    public async Task<IReadOnlyList<IReadOnlyList<PersonHit>>> FindAsync(PersonSearch search, CancellationToken cancellationToken)
    {
        bool exact = await IsExactAsync(search, cancellationToken).ConfigureAwait(false);
        await session
            .ExecuteAsync(
                exact
                    ? ExactSettings
                    : FormattableString.Invariant(
                        $"{IndexSettings}; set local hnsw.ef_search = {address.EfSearch}; set local hnsw.iterative_scan = strict_order"
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        List<IReadOnlyList<PersonHit>> answers = new(search.Probes.Count);
        foreach (ReadOnlyMemory<float> probe in search.Probes)
            answers.Add(await FindOneAsync(probe, search, exact, cancellationToken).ConfigureAwait(false));
        return answers;
    }

    /// <summary>Takes nearest rows until the people asked for are among them, and nobody beyond can be as near.</summary>
    private async Task<IReadOnlyList<PersonHit>> FindOneAsync(
        ReadOnlyMemory<float> probe,
        PersonSearch search,
        bool exact,
        CancellationToken cancellationToken
    )
    {
        string sql = Query(search.Fusion, exact);
        for (int rows = Math.Max(SmallestFetch, RowsAPerson * search.Count); ; rows *= Growth)
        {
            List<Row> nearest = await session
                .ReadAsync(
                    sql,
                    row => new Row(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.GetDouble(2)),
                    cancellationToken,
                    new NpgsqlParameter { Value = new Vector(probe) },
                    Sql.Time(search.Now),
                    new NpgsqlParameter { Value = rows }
                )
                .ConfigureAwait(false);
            Row[] people =
            [
                .. nearest
                    .GroupBy(row => row.Person)
                    .Select(group => group.OrderBy(row => row.Distance).ThenBy(row => row.Reference).First())
                    .OrderBy(row => row.Distance)
                    .ThenBy(row => row.Person)
                    .Take(search.Count),
            ];
            bool complete = nearest.Count < rows || (people.Length == search.Count && nearest[^1].Distance > people[^1].Distance);
            if (complete)
                return [.. people.Select(row => new PersonHit(row.Person, row.Similarity, row.Reference))];
        }
    }

    private string Query(ReferenceFusion fusion, bool exact)
    {
        (string table, string id, string column) = fusion switch
        {
            ReferenceFusion.Best => ("face_references", "id", "vector"),
            ReferenceFusion.Mean => ("templates", "null::uuid", "mean"),
            _ => ("templates", "null::uuid", "norm_weighted"),
        };
        // Only the plain distance is what an index gives in order.
        string order = exact ? "3, 1, 2" : "3";
        return $"select person_id, {id}, ({column}::vector({dimension})) <=> $1 from {session.Schema}.{table} where expires_at is null "
            + $"or expires_at > $2 order by {order} limit $3";
    }

    private async Task<bool> IsExactAsync(PersonSearch search, CancellationToken cancellationToken)
    {
        if (address.Search != PostgresSearchMode.Auto)
            return address.Search == PostgresSearchMode.Exact;
        string table = search.Fusion == ReferenceFusion.Best ? "face_references" : "templates";
        // The planner's estimate; -1 for a table that was never analysed, which is a small or a new one.
        float rows = await session
            .ScalarAsync<float>($"select reltuples from pg_class where oid = '{session.Schema}.{table}'::regclass", cancellationToken)
            .ConfigureAwait(false);
        return rows <= PostgresAddress.LargestExactGallery;
    }

    private readonly record struct Row(Guid Person, Guid? Reference, double Distance)
    {
        /// <summary>References that cancel out have no direction, and no distance either.</summary>
        public double Similarity => double.IsNaN(Distance) ? 0 : 1 - Distance;
    }
}
