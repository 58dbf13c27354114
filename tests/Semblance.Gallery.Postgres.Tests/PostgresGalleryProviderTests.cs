using Npgsql;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Postgres.Tests;

public class PostgresGalleryProviderTests(PostgresServer server)
{
    private static readonly PostgresGalleryProvider Provider = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gallery_is_there_after_creation_with_its_settings()
    {
        string location = server.NewLocation();
        GallerySettings settings = MadeUpPeople.Settings with { RequireConsent = true, KeepCrops = true };
        await using (await Provider.CreateAsync(location, settings, StoreOptions.Default, Stop)) { }
        await using IGalleryStore store = await Provider.OpenAsync(location, StoreOptions.Default, Stop);
        Assert.Equal(settings, store.Settings);
    }

    [Fact]
    public async Task Gallery_is_created_once_however_many_try()
    {
        string location = server.NewLocation();
        string[] outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    try
                    {
                        await using IGalleryStore store = await Provider.CreateAsync(
                            location,
                            MadeUpPeople.Settings,
                            StoreOptions.Default,
                            Stop
                        );
                        return "created";
                    }
                    catch (GalleryException e)
                    {
                        return e.Message.Contains("there is a gallery already", StringComparison.Ordinal) ? "taken" : e.Message;
                    }
                })
        );
        Assert.Equal(["created", "taken", "taken", "taken"], outcomes.Order());
    }

    [Fact]
    public async Task Opening_says_when_there_is_no_gallery()
    {
        string location = server.NewLocation();
        string user = PostgresAddress.Parse(location).Connection.Username!;
        GalleryNotFoundException error = await Assert.ThrowsAsync<GalleryNotFoundException>(() =>
            Provider.OpenAsync(location, StoreOptions.Default, Stop)
        );
        Assert.Contains($"there is no gallery postgres://{user}@", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_says_when_no_server_answers()
    {
        GalleryException error = await Assert.ThrowsAsync<GalleryException>(() =>
            Provider.OpenAsync("//127.0.0.1:1/none?Timeout=2", StoreOptions.Default, Stop)
        );
        Assert.Contains("the server cannot be used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Creation_refuses_an_encrypted_gallery()
    {
        GalleryException error = await Assert.ThrowsAsync<GalleryException>(() =>
            Provider.CreateAsync("//127.0.0.1:1/none", MadeUpPeople.Settings with { Encrypted = true }, StoreOptions.Default, Stop)
        );
        Assert.Contains("cannot search encrypted references", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_brings_an_older_schema_up_to_date_and_keeps_what_it_holds()
    {
        string location = server.NewLocation();
        var address = PostgresAddress.Parse(location);
        (Person person, IReadOnlyList<FaceReference> references) = MadeUpPeople.Create(1, 2, 1)[0];
        await using NpgsqlConnection connection = await ConnectAsync(address);
        await WriteFirstVersionAsync(connection, address, person, references);

        await using IGalleryStore opened = await Provider.OpenAsync(location, StoreOptions.Default, Stop);
        Assert.Equal(person.Name, (await opened.FindPersonAsync(person.Id, Stop))!.Name);
        IReadOnlyList<FaceReference> read = await opened.ReadReferencesAsync(person.Id, Stop);
        // Identifiers made within one millisecond have no order of their own.
        Assert.Equal(
            references.OrderBy(reference => reference.Id).Select(reference => reference.Vector.ToArray()),
            read.OrderBy(reference => reference.Id).Select(reference => reference.Vector.ToArray())
        );
        foreach (ReferenceFusion fusion in Enum.GetValues<ReferenceFusion>())
        {
            PersonHit hit = (
                await opened.SearchAsync(
                    new()
                    {
                        Probes = [references[0].Vector],
                        Count = 1,
                        Fusion = fusion,
                        Now = DateTimeOffset.UtcNow,
                    },
                    Stop
                )
            )[0][0];
            Assert.Equal(FusedSimilarity.Of(references[0].Vector.Span, references, fusion).Similarity, hit.Similarity, 1e-6);
        }
        await using NpgsqlCommand count = new(
            $"select count(*) from pg_indexes where schemaname = '{address.Schema}' and indexdef like '%USING hnsw%'",
            connection
        );
        Assert.Equal(3L, await count.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task Opening_refuses_a_schema_of_a_newer_version()
    {
        string location = server.NewLocation();
        var address = PostgresAddress.Parse(location);
        await using (await Provider.CreateAsync(location, MadeUpPeople.Settings, StoreOptions.Default, Stop)) { }
        await using NpgsqlConnection connection = await ConnectAsync(address);
        await ExecuteAsync(connection, $"insert into {address.Schema}.schema_versions (version) values (99)");
        GalleryException error = await Assert.ThrowsAsync<GalleryException>(() => Provider.OpenAsync(location, StoreOptions.Default, Stop));
        Assert.Contains("schema version 99", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A gallery as the first two scripts and the program of then left it.</summary>
    private static async Task WriteFirstVersionAsync(
        NpgsqlConnection connection,
        PostgresAddress address,
        Person person,
        IReadOnlyList<FaceReference> references
    )
    {
        await ExecuteAsync(connection, "create extension if not exists vector");
        await SchemaMigrations.RunAsync(connection, address, MadeUpPeople.Dimension, upTo: 2, Stop);
        string settings = System.Text.Json.JsonSerializer.Serialize(MadeUpPeople.Settings, PostgresJson.Default.GallerySettings);
        string schema = address.Schema;
        await ExecuteAsync(connection, $"insert into {schema}.gallery (settings) values ('{settings}')");
        await ExecuteAsync(connection, $"insert into {schema}.audit_head (sequence, hash) values (0, '')");
        await ExecuteAsync(
            connection,
            $"insert into {schema}.people (id, name, metadata, enrolled_at) values ('{person.Id}', '{person.Name}', '{{}}', now())"
        );
        foreach (FaceReference reference in references)
            await ExecuteAsync(
                connection,
                $"insert into {schema}.face_references (id, person_id, vector, norm, has_crop, enrolled_at) values ('{reference.Id}', "
                    + $"'{person.Id}', '{Text(reference.Vector.Span)}', {Number(reference.Norm)}, false, now())"
            );
        await ExecuteAsync(
            connection,
            $"insert into {schema}.templates (person_id, reference_count, mean, norm_weighted) values ('{person.Id}', {references.Count}, "
                + $"'{Text(FusedSimilarity.Template(references, ReferenceFusion.Mean))}', "
                + $"'{Text(FusedSimilarity.Template(references, ReferenceFusion.NormWeighted))}')"
        );

        static string Text(ReadOnlySpan<float> vector) => "[" + string.Join(',', vector.ToArray().Select(Number)) + "]";

        static string Number(float value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<NpgsqlConnection> ConnectAsync(PostgresAddress address)
    {
        NpgsqlConnection connection = new(address.Connection.ConnectionString);
        await connection.OpenAsync(Stop);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
