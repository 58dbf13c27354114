using Npgsql;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres.Tests;

public class NearestPeopleTests(PostgresServer server)
{
    private const int People = 120;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exact", ReferenceFusion.Best)]
    [InlineData("exact", ReferenceFusion.Mean)]
    [InlineData("exact", ReferenceFusion.NormWeighted)]
    [InlineData("hnsw", ReferenceFusion.Best)]
    [InlineData("hnsw", ReferenceFusion.Mean)]
    [InlineData("hnsw", ReferenceFusion.NormWeighted)]
    public async Task Search_finds_whom_a_plain_loop_finds(string mode, ReferenceFusion fusion)
    {
        IReadOnlyList<(Person Person, IReadOnlyList<FaceReference> References)> people = MadeUpPeople.Create(People, 4, 3);
        await using PostgresGalleryStore store = await FilledAsync(server.NewLocation($"&search={mode}"), people);
        ReadOnlyMemory<float>[] probes = [.. MadeUpPeople.Create(6, 1, 4).Select(item => item.References[0].Vector)];
        IReadOnlyList<IReadOnlyList<PersonHit>> found = await store.SearchAsync(
            new()
            {
                Probes = probes,
                Count = 5,
                Fusion = fusion,
                Now = DateTimeOffset.UtcNow,
            },
            Stop
        );
        for (int i = 0; i < probes.Length; i++)
        {
            PersonHit[] expected =
            [
                .. people
                    .Select(item => (item.Person, Fused: FusedSimilarity.Of(probes[i].Span, item.References, fusion)))
                    .OrderByDescending(item => item.Fused.Similarity)
                    .Take(5)
                    .Select(item => new PersonHit(item.Person, item.Fused.Similarity, item.Fused.Bias, item.Fused.Reference)),
            ];
            Assert.Equal(
                expected.Select(hit => (hit.Person.Id, hit.ReferenceId)),
                found[i].Select(hit => (hit.Person.Id, hit.ReferenceId))
            );
            Assert.All(expected.Zip(found[i]), pair => Assert.Equal(pair.First.Similarity, pair.Second.Similarity, 1e-6));
        }
    }

    [Theory]
    [InlineData("exact", "Seq Scan on face_references")]
    [InlineData("hnsw", "Index Scan using face_references_nearest")]
    public async Task Search_is_planned_as_asked(string mode, string expected)
    {
        string location = server.NewLocation($"&search={mode}");
        var address = PostgresAddress.Parse(location);
        await using PostgresGalleryStore store = await FilledAsync(location, MadeUpPeople.Create(300, 5, 5));
        await using NpgsqlConnection connection = new(address.Connection.ConnectionString);
        await connection.OpenAsync(Stop);
        await ExecuteAsync(connection, $"analyze {address.Schema}.face_references");
        string plan = await PlanAsync(connection, address, mode == "exact");
        Assert.Contains(expected, plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_takes_more_rows_until_enough_people_are_among_them()
    {
        // One person's hundred references are all nearer than anybody else's.
        IReadOnlyList<(Person Person, IReadOnlyList<FaceReference> References)> crowd = MadeUpPeople.Create(1, 100, 6),
            others = MadeUpPeople.Create(3, 1, 7);
        await using PostgresGalleryStore store = await FilledAsync(server.NewLocation("&search=exact"), [.. crowd, .. others]);
        PersonSearch search = new()
        {
            Probes = [crowd[0].References[0].Vector],
            Count = 3,
            Fusion = ReferenceFusion.Best,
            Now = DateTimeOffset.UtcNow,
        };
        IReadOnlyList<PersonHit> found = (await store.SearchAsync(search, Stop))[0];
        Assert.Equal(3, found.Select(hit => hit.Person.Id).Distinct().Count());
        Assert.Equal(crowd[0].Person.Id, found[0].Person.Id);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("hnsw")]
    public async Task Search_passes_over_people_who_have_expired(string mode)
    {
        DateTimeOffset expiry = DateTimeOffset.UtcNow.AddHours(1);
        IReadOnlyList<(Person Person, IReadOnlyList<FaceReference> References)> expiring = MadeUpPeople.Create(1, 2, 8, expiry),
            others = MadeUpPeople.Create(20, 2, 9);
        await using PostgresGalleryStore store = await FilledAsync(server.NewLocation($"&search={mode}"), [.. expiring, .. others]);
        foreach (ReferenceFusion fusion in Enum.GetValues<ReferenceFusion>())
        {
            PersonSearch search = new()
            {
                Probes = [expiring[0].References[0].Vector],
                Count = 1,
                Fusion = fusion,
                Now = expiry.AddSeconds(-1),
            };
            Assert.Equal(expiring[0].Person.Id, (await store.SearchAsync(search, Stop))[0][0].Person.Id);
            Assert.NotEqual(expiring[0].Person.Id, (await store.SearchAsync(search with { Now = expiry }, Stop))[0][0].Person.Id);
        }
    }

    internal static async Task<PostgresGalleryStore> FilledAsync(
        string location,
        IReadOnlyList<(Person Person, IReadOnlyList<FaceReference> References)> people
    )
    {
        PostgresGalleryStore store = (PostgresGalleryStore)
            await new PostgresGalleryProvider().CreateAsync(location, MadeUpPeople.Settings, StoreOptions.Default, Stop);
        Assert.Equal(
            people.Sum(item => item.References.Count),
            await store.ImportAsync(MadeUpPeople.Stream(people), cancellationToken: Stop)
        );
        return store;
    }

    private static async Task<string> PlanAsync(NpgsqlConnection connection, PostgresAddress address, bool exact)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Stop);
        await ExecuteAsync(connection, exact ? NearestPeople.ExactSettings : NearestPeople.IndexSettings);
        string vector = "[" + string.Join(',', Enumerable.Repeat("0.1", MadeUpPeople.Dimension + 1)) + "]";
        await using NpgsqlCommand explain = new(
            $"explain select person_id, id, (ranked::vector({MadeUpPeople.Dimension + 1})) <#> '{vector}' from "
                + $"{address.Schema}.face_references where kind = 0 and (expires_at is null or expires_at > now()) "
                + $"order by {(exact ? "3, 1, 2" : "3")} limit 32",
            connection,
            transaction
        );
        List<string> lines = [];
        await using NpgsqlDataReader reader = await explain.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
