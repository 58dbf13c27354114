using System.Diagnostics;
using System.Globalization;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Sqlite;

namespace Semblance.Benchmarks;

/// <summary>A large gallery in an SQLite file: filling it, opening it, the first search and the next ones, removing a person. The file is
/// made when it is not there, and stays.</summary>
internal static class StoreBenchmark
{
    private const int Dimension = 512,
        Photographs = 5,
        Block = 20_000,
        Probes = 32;
    private const string Embedder = "synthetic",
        Contract = "synthetic/1";

    public static async Task RunAsync(string file, int count)
    {
        SqliteStoreProvider provider = new();
        float[] probes = SyntheticGallery.Probes(count, Dimension, Photographs, Probes);
        if (!File.Exists(file))
        {
            Cost filled = await MeasureAsync(() => FillAsync(provider, file, count));
            Print(
                $"{count:N0} references of {Dimension} of {count / Photographs:N0} people written, {new FileInfo(file).Length / 1e6:N0} MB",
                filled
            );
        }
        await using FaceGallery gallery = await FaceGallery.OpenAsync(new(provider), $"sqlite:{file}");
        FaceEmbedding[] faces =
        [
            .. Enumerable
                .Range(0, Probes)
                .Select(i => new FaceEmbedding(probes.AsMemory(i * Dimension, Dimension), 20, Embedder, Contract)),
        ];
        IdentifyOptions own = new() { Threshold = 0.4, Candidates = 1 },
            rate = new() { Candidates = 1 };
        GC.Collect();
        long before = Environment.WorkingSet;
        Print("counted", await MeasureAsync(() => gallery.GetStatisticsAsync()));
        Print("opened, with the first search", await MeasureAsync(() => gallery.IdentifyAsync([faces[0]], own)));
        GC.Collect();
        Console.WriteLine($"  working set {(Environment.WorkingSet - before) / 1e6:N0} MB larger than before");
        Print(
            "first search by a rate (1e-2), which compares the gallery's own pairs",
            await MeasureAsync(() => gallery.IdentifyAsync([faces[0]], rate))
        );
        Print("a search", await MeasureAsync(() => gallery.IdentifyAsync([faces[1]], rate)));
        IReadOnlyList<Identification> answers = [];
        Print($"{Probes} searches at once", await MeasureAsync(async () => answers = await gallery.IdentifyAsync(faces, rate)));
        Console.WriteLine(
            $"  {answers.Take(Probes / 2).Count(answer => answer.Match is not null)} of {Probes / 2} enrolled named, "
                + $"{answers.Skip(Probes / 2).Count(answer => answer.Match is not null)} of {Probes / 2} strangers"
        );
        Guid person = answers[0].Candidates[0].Person.Id;
        Print("a person removed, and the file built anew", await MeasureAsync(() => gallery.RemoveAsync(person)));
        Print("a search after that", await MeasureAsync(() => gallery.IdentifyAsync([faces[1]], rate)));
    }

    private static async Task FillAsync(SqliteStoreProvider provider, string file, int count)
    {
        await using var store = await provider.CreateAsync(file, new() { Contract = new(Embedder, Contract, Dimension) }, new());
        for (int first = 0; first < count; first += Block)
        {
            int start = first,
                length = Math.Min(Block, count - first);
            float[] vectors = new float[length * Dimension];
            SyntheticGallery.Fill(vectors, start, Dimension, Photographs);
            await store.WriteAsync(async transaction =>
            {
                AuditHead? head = await transaction.ReadAuditHeadAsync();
                for (int i = 0; i < length; i += Photographs)
                {
                    Person person = new()
                    {
                        Id = Guid.CreateVersion7(),
                        Name = string.Create(CultureInfo.InvariantCulture, $"Person {(start + i) / Photographs}"),
                        EnrolledAt = DateTimeOffset.UnixEpoch,
                    };
                    await transaction.InsertPersonAsync(person);
                    int references = Math.Min(Photographs, length - i);
                    for (int k = 0; k < references; k++)
                    {
                        await transaction.InsertReferenceAsync(
                            new()
                            {
                                Id = Guid.CreateVersion7(),
                                PersonId = person.Id,
                                Norm = 20,
                                EnrolledAt = person.EnrolledAt,
                                Vector = vectors.AsMemory((i + k) * Dimension, Dimension),
                                Source = $"photographs/{person.Name}/{k}.jpg",
                                SourceHash = Convert.ToHexStringLower(
                                    Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray()
                                ),
                            },
                            default
                        );
                    }
                    foreach (
                        AuditEvent happened in (AuditEvent[])
                            [
                                new(person.EnrolledAt, AuditAction.PersonEnrolled, person.Id, 0, null),
                                new(person.EnrolledAt, AuditAction.ReferencesAdded, person.Id, references, null),
                            ]
                    )
                    {
                        AuditEntry entry = AuditChain.Next(head, happened);
                        await transaction.AppendAuditAsync(entry);
                        head = entry.Head;
                    }
                }
                return 0;
            });
        }
    }

    private static async Task<Cost> MeasureAsync(Func<Task> action)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await action();
        return new(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }

    private static void Print(string what, Cost cost) =>
        Console.WriteLine($"{what}: {cost.Milliseconds / 1000:F2} s ({cost.Processor / 1000:F2} s of processor time)");
}
