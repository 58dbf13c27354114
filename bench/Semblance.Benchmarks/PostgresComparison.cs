using System.Diagnostics;
using Npgsql;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Postgres;
using Semblance.Gallery.Storage;

namespace Semblance.Benchmarks;

/// <summary>Import, sizes, and exact against HNSW search of a gallery on a server. The schema is made and dropped.</summary>
internal static class PostgresComparison
{
    private const int Dimension = 512,
        Photographs = 5,
        Probes = 50,
        FaceProbes = 500;
    private const string Schema = "semblance_benchmark";

    private sealed record Held(
        GalleryContract Contract,
        IAsyncEnumerable<(Person, IReadOnlyList<FaceReference>)> People,
        int Count,
        IReadOnlyList<ReadOnlyMemory<float>> Probes
    );

    /// <summary>Made vectors of people with five photographs each.</summary>
    public static Task RunAsync(string location, int count)
    {
        float[] vectors = new float[count * Dimension],
            probes = Fill(vectors, count);
        FaceEmbedding[] faces = [.. Enumerable.Range(0, count).Select(i => Made(vectors.AsMemory(i * Dimension, Dimension)))];
        return MeasureAsync(
            location,
            new(
                new("synthetic", "synthetic/1", Dimension),
                People(faces, Photographs),
                count,
                [.. Enumerable.Range(0, Probes).Select(i => (ReadOnlyMemory<float>)probes.AsMemory(i * Dimension, Dimension))]
            )
        );
    }

    /// <summary>The faces of a folder's photographs, each somebody of their own, ranked with the biases of the pack's cohort.</summary>
    public static Task RunAsync(string location, string folder)
    {
        EmbeddedFaces faces = EmbeddedFaces.Of(folder, FaceProbes);
        return MeasureAsync(
            location,
            new(faces.Contract, People(faces.References, 1), faces.References.Count, [.. faces.Probes.Select(probe => probe.Vector)])
        );
    }

    private static async Task MeasureAsync(string location, Held held)
    {
        string place = $"{location}{(location.Contains('?', StringComparison.Ordinal) ? "&" : "?")}schema={Schema}";
        PostgresGalleryProvider provider = new();
        GallerySettings settings = new() { Contract = held.Contract };
        await using NpgsqlConnection connection = new(PostgresAddress.Parse(place).Connection.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"drop schema if exists {Schema} cascade");
        try
        {
            await using (
                PostgresGalleryStore store = (PostgresGalleryStore)await provider.CreateAsync(place, settings, StoreOptions.Default)
            )
            {
                long start = Stopwatch.GetTimestamp();
                await store.ImportAsync(held.People);
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                Console.WriteLine(
                    $"{held.Count:N0} references of {held.Contract.Dimension}, HNSW built meanwhile: imported in {seconds:F1} s "
                        + $"({held.Count / seconds:F0} a second)"
                );
            }
            await ExecuteAsync(connection, $"analyze {Schema}.face_references, {Schema}.templates");
            await SizesAsync(connection, held.Count);
            IReadOnlyList<IReadOnlyList<PersonHit>> exact = await TimeAsync(provider, $"{place}&search=exact", "exact", held, null);
            foreach (int candidates in (int[])[40, 100, 200])
                await TimeAsync(provider, $"{place}&search=hnsw&ef_search={candidates}", $"HNSW, ef_search {candidates}", held, exact);
        }
        finally
        {
            await ExecuteAsync(connection, $"drop schema if exists {Schema} cascade");
        }
    }

    private static unsafe float[] Fill(float[] vectors, int count)
    {
        fixed (float* start = vectors)
            return SyntheticGallery.Fill(start, count, Dimension, Photographs, Probes);
    }

    private static FaceEmbedding Made(ReadOnlyMemory<float> vector) => new(vector, 20, "synthetic", "synthetic/1");

    private static async IAsyncEnumerable<(Person, IReadOnlyList<FaceReference>)> People(
        IReadOnlyList<FaceEmbedding> faces,
        int photographs
    )
    {
        for (int first = 0; first < faces.Count; first += photographs)
        {
            Person person = new()
            {
                Id = Guid.CreateVersion7(),
                Name = $"Person {first}",
                EnrolledAt = DateTimeOffset.UnixEpoch,
            };
            yield return (person, [.. faces.Skip(first).Take(photographs).Select(face => Reference(face, person))]);
            if (first % 1000 == 0)
                await Task.Yield();
        }
    }

    private static FaceReference Reference(FaceEmbedding face, Person person) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            PersonId = person.Id,
            Norm = face.Norm,
            Baseline = face.Baseline,
            EnrolledAt = person.EnrolledAt,
            Vector = face.Vector,
        };

    private static async Task SizesAsync(NpgsqlConnection connection, int count)
    {
        await using NpgsqlCommand command = new(
            $"select relname, pg_table_size(oid), case when relkind = 'i' then pg_relation_size(oid) end from pg_class where "
                + $"relnamespace = '{Schema}'::regnamespace "
                + "and (relkind = 'i' and relname like '%nearest%' or relname in ('face_references', 'templates', 'audit')) order by "
                + "relname",
            connection
        );
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            Console.WriteLine(
                $"  {reader.GetString(0)}: {reader.GetInt64(1) / 1e6:F1} MB, {reader.GetInt64(1) / count:N0} bytes a reference"
            );
    }

    private static async Task<IReadOnlyList<IReadOnlyList<PersonHit>>> TimeAsync(
        PostgresGalleryProvider provider,
        string place,
        string name,
        Held held,
        IReadOnlyList<IReadOnlyList<PersonHit>>? expected
    )
    {
        await using IGalleryStore store = await provider.OpenAsync(place, StoreOptions.Default);
        PersonSearch search = new()
        {
            Probes = held.Probes,
            Count = 1,
            Fusion = ReferenceFusion.Best,
            Now = DateTimeOffset.UtcNow,
        };
        await store.SearchAsync(search with { Probes = [search.Probes[0]] });
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<IReadOnlyList<PersonHit>> found = await store.SearchAsync(search);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / held.Probes.Count;
        string agreement = expected is null
            ? ""
            : $", {expected.Zip(found).Count(pair => pair.Second.Count > 0 && pair.First[0].Person.Id == pair.Second[0].Person.Id)} of "
                + $"{held.Probes.Count} the exact answer";
        Console.WriteLine($"  {name}: {milliseconds:F1} ms a probe{agreement}");
        return found;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
