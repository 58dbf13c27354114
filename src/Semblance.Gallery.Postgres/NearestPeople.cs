using System.Numerics.Tensors;
using Npgsql;
using Pgvector;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Search;
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
                    Read,
                    cancellationToken,
                    new NpgsqlParameter { Value = RankedVector.Probe(probe) },
                    Sql.Time(search.Now),
                    new NpgsqlParameter { Value = rows },
                    new NpgsqlParameter { Value = (short)search.Kind }
                )
                .ConfigureAwait(false);
            foreach (Row row in nearest)
                Check(row, search.Fusion);
            Row[] people =
            [
                .. nearest
                    .GroupBy(row => row.Person.Id)
                    .Select(group => group.OrderBy(row => row.Distance).ThenBy(row => row.Reference).First())
                    .OrderBy(row => row.Distance)
                    .ThenBy(row => row.Person.Id)
                    .Take(search.Count),
            ];
            bool complete = nearest.Count < rows || (people.Length == search.Count && nearest[^1].Distance > people[^1].Distance);
            if (complete)
                return [.. people.Select(row => new PersonHit(row.Person, -row.Distance - row.Bias, row.Bias, row.Reference))];
        }
    }

    /// <summary>A vector that is not of unit length was altered on the server: it would match everybody, or nobody.</summary>
    private void Check(Row row, ReferenceFusion fusion)
    {
        // References that cancel out have a template of length 0.
        bool possible =
            Math.Abs(row.Length - 1) <= UnitVectors.Tolerance
            || (fusion != ReferenceFusion.Best && Math.Abs(row.Length) <= UnitVectors.Tolerance);
        if (!possible)
            throw new GalleryDamagedException(
                address.ToString(),
                row.Reference is { } reference ? $"reference {reference}" : $"the template of person {row.Person.Id}",
                FormattableString.Invariant($"the vector has length {row.Length:0.####}, 1 is expected")
            );
    }

    private static Row Read(NpgsqlDataReader row)
    {
        const int Own = PersonRows.ColumnCount;
        Vector ranked = row.GetFieldValue<Vector>(Own + 2);
        ReadOnlySpan<float> vector = RankedVector.VectorOf(ranked).Span;
        return new(
            PersonRows.Read(row),
            row.IsDBNull(Own) ? null : row.GetGuid(Own),
            row.GetDouble(Own + 1),
            Math.Sqrt(TensorPrimitives.SumOfSquares(vector)),
            ranked.Memory.Span[^1]
        );
    }

    /// <summary>The nearest rows with their people: $1 probe, $2 now, $3 rows, $4 kind.</summary>
    private string Query(ReferenceFusion fusion, bool exact)
    {
        (string table, string id, string column) = fusion switch
        {
            ReferenceFusion.Best => ("face_references", "id", "ranked"),
            ReferenceFusion.Mean => ("templates", "null::uuid", "mean"),
            _ => ("templates", "null::uuid", "norm_weighted"),
        };
        // Only the plain distance is what an index gives in order.
        string order = exact ? "4, 1, 2" : "4";
        return $"with nearest as materialized (select person_id, {id} as reference, {column} as ranked, "
            + $"({column}::vector({dimension + 1})) <#> $1 as distance from {session.Schema}.{table} where kind = $4 and (expires_at is "
            + $"null or expires_at > $2) order by {order} limit $3) select {PersonRows.ColumnsOf("p")}, n.reference, n.distance, "
            + $"n.ranked from nearest n join {session.Schema}.people p on p.id = n.person_id order "
            + $"by n.distance, n.person_id, n.reference";
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

    /// <summary>A reference or template: the negative inner product, the length of the vector, and the bias in the product.</summary>
    private readonly record struct Row(Person Person, Guid? Reference, double Distance, double Length, double Bias);
}
