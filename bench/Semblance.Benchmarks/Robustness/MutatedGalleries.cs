using System.Diagnostics;
using System.Globalization;
using Semblance.Embedding;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Sqlite;
using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance.Benchmarks.Robustness;

/// <summary>
/// Galleries in SQLite files, plain and encrypted, that were damaged or altered from outside; what <c>gallery list</c>, <c>identify</c>,
/// <c>audit</c>, <c>check</c> and <c>backup</c> do is done with each. What is opened gives what was enrolled, or the log tells; all else is
/// refused by name, in bounded time and memory. Some are given to the commands themselves.
/// </summary>
internal sealed class MutatedGalleries
{
    private const int Seed = 31,
        People = 24,
        ByCommand = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _work = Directory.CreateTempSubdirectory("semblance-galleries-").FullName;
    private readonly List<(string Name, string File, FaceEmbedding Face)> _people = [];
    private readonly SortedDictionary<string, int> _outcomes = [];
    private readonly List<string> _wrong = [];
    private int _refusals,
        _damageNamed,
        _commands;
    private TimeSpan _slowest,
        _slowestCommand;
    private long _memory,
        _commandMemory;

    /// <summary>Runs.</summary>
    /// <param name="folder">Pictures of one person each, of different people.</param>
    /// <param name="count">How many galleries are damaged.</param>
    public static async Task RunAsync(string folder, int count)
    {
        MutatedGalleries run = new();
        try
        {
            using FaceAnalyzer analyzer = FaceAnalyzer.CreateBuilder().Build();
            await run.ReadPeopleAsync(analyzer, folder).ConfigureAwait(false);
            EncryptionKey key = EncryptionKey.FromFile(run.WriteKey());
            Whole[] wholes =
            [
                await run.MakeAsync(analyzer, "plain", null).ConfigureAwait(false),
                await run.MakeAsync(analyzer, "encrypted", key).ConfigureAwait(false),
            ];
            Random random = new(Seed);
            for (int i = 0; i < count; i++)
            {
                // Every damage to either kind, again and again.
                Whole whole = wholes[i / GalleryDamage.All.Count % wholes.Length];
                await run.TryAsync(i, whole, GalleryDamage.All[i % GalleryDamage.All.Count], analyzer.Matcher, random)
                    .ConfigureAwait(false);
            }
        }
        finally
        {
            Directory.Delete(run._work, recursive: true);
        }
        run.Print(count);
    }

    private async Task ReadPeopleAsync(FaceAnalyzer analyzer, string folder)
    {
        AnalysisOptions embed = new() { Features = FaceFeatures.Embedding };
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (_people.Count == People)
                return;
            ImageAnalysis analysis = await analyzer.AnalyzeAsync(PictureItem.FromFile(file), embed).ConfigureAwait(false);
            if (analysis.Faces is [{ Embedding: { } face }])
                _people.Add((Path.GetFileNameWithoutExtension(file), file, face));
        }
        if (_people.Count < 10)
            throw new InvalidOperationException($"{folder} has only {_people.Count} pictures of one face; ten are needed");
    }

    private string WriteKey()
    {
        string file = Path.Combine(_work, "key");
        File.WriteAllText(file, new string('7', 2 * EncryptionKey.Size));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private async Task<Whole> MakeAsync(FaceAnalyzer analyzer, string kind, EncryptionKey? key)
    {
        string file = Path.Combine(_work, kind + ".db");
        FaceGallery gallery = await FaceGallery
            .CreateAsync(
                new(new SqliteStoreProvider()),
                "sqlite:" + file,
                new()
                {
                    Contract = GalleryContract.Of(analyzer.Embedder),
                    Encrypted = key is not null,
                    KeepCrops = true,
                },
                new() { Key = key },
                new() { Matcher = analyzer.Matcher }
            )
            .ConfigureAwait(false);
        await using (gallery.ConfigureAwait(false))
            foreach ((string name, string picture, _) in _people)
            {
                PersonDraft draft = new(name)
                {
                    ConsentReference = "form 1",
                    Metadata = new Dictionary<string, string> { ["room"] = "7" },
                };
                PictureEnrolmentOptions any = new() { Reading = new() { Gate = QualityGate.Open } };
                Person person = (await gallery.EnrolAsync(analyzer, draft, [PictureItem.FromFile(picture)], any).ConfigureAwait(false))
                    .Enrolment!
                    .Person;
                // So that there is what a change keeps to be undone.
                await gallery.UpdateAsync(person.Id, before => before with { Tags = ["enrolled"] }).ConfigureAwait(false);
            }
        GalleryOperations operations = new(file, key, analyzer.Matcher);
        AuditReport report = await operations.AuditAsync(null, default).ConfigureAwait(false);
        return new(
            kind,
            await File.ReadAllBytesAsync(file).ConfigureAwait(false),
            key,
            await operations.ListAsync(default).ConfigureAwait(false),
            report.Head
        );
    }

    private async Task TryAsync(int number, Whole whole, GalleryDamage damage, FaceMatcher matcher, Random random)
    {
        string file = Path.Combine(_work, "damaged.db"),
            what = $"{number}, {whole.Kind}, {damage.Name}";
        foreach (string ending in (string[])["", "-wal", "-shm", ".backup"])
            File.Delete(file + ending);
        await File.WriteAllBytesAsync(file, whole.Bytes).ConfigureAwait(false);
        damage.Apply(file, random);
        if (number % ByCommand == 0)
            await TryCommandsAsync(what, file, whole).ConfigureAwait(false);

        int refusedBefore = _refusals;
        GalleryOperations operations = new(file, whole.Key, matcher);
        FaceEmbedding[] faces = [.. _people.Select(person => person.Face)];
        string? held = await DoAsync(what + ", list", operations.ListAsync).ConfigureAwait(false);
        IReadOnlyList<string?>? named = await DoAsync(what + ", identify", stop => operations.IdentifyAsync(faces, stop))
            .ConfigureAwait(false);
        AuditReport? report = await DoAsync(what + ", audit", stop => operations.AuditAsync(whole.Receipt, stop)).ConfigureAwait(false);
        await DoAsync(what + ", check", async stop => (object)await operations.CheckAsync(stop).ConfigureAwait(false))
            .ConfigureAwait(false);
        await DoAsync(what + ", backup", async stop => (object)await operations.BackUpAsync(stop).ConfigureAwait(false))
            .ConfigureAwait(false);

        string[] other =
        [
            .. (named ?? [])
                .Zip(_people)
                .Where(pair => pair.First is { } name && name != pair.Second.Name)
                .Select(pair => $"{pair.Second.Name} is called {pair.First}"),
        ];
        bool same = (held is null || held == whole.Held) && other.Length == 0,
            noticed = report is { IsIntact: false };
        if (!same && report is { IsIntact: true })
            _wrong.Add($"{what}: {(other.Length > 0 ? other[0] : "what is held was altered")}, and the log tells nothing");
        if (other.Length > 0 && report is null)
            _wrong.Add($"{what}: {other[0]}, and the log cannot be read");
        string outcome =
            _refusals - refusedBefore == 5 ? "refused by all five"
            : _refusals > refusedBefore
                ? noticed ? "refused by some, told by the audit"
                    : "refused by some"
            : noticed
                ? other.Length > 0 ? "opened, another name, told by the audit"
                    : "opened, told by the audit"
            : "opened, all as it was enrolled";
        _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
    }

    /// <summary>What an operation gives; null where it was refused by name.</summary>
    private async Task<T?> DoAsync<T>(string what, Func<CancellationToken, Task<T>> work)
        where T : class
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            // In a thread of its own: what hangs does not hear that it should stop.
            return await Task.Run(() => work(CancellationToken.None)).WaitAsync(Limit).ConfigureAwait(false);
        }
        catch (SemblanceException e) when (e.Category != ErrorCategory.Internal)
        {
            _refusals++;
            _damageNamed += e is GalleryDamagedException ? 1 : 0;
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _wrong.Add($"{what}: {e}");
            return null;
        }
        finally
        {
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            _slowest = took > _slowest ? took : _slowest;
            _memory = Math.Max(_memory, Environment.WorkingSet);
        }
    }

    private async Task TryCommandsAsync(string what, string file, Whole whole)
    {
        string[] access = whole.Key is null
            ? ["--store", "sqlite:" + file]
            : ["--store", "sqlite:" + file, "--key-file", Path.Combine(_work, "key")];
        string backup = file + ".backup";
        foreach (
            string[] command in (string[][])
                [
                    ["list"],
                    ["identify", _people[0].File],
                    ["audit"],
                    ["check"],
                    ["backup", backup],
                ]
        )
        {
            CommandRun run = await CommandRun
                .OfAsync(Path.Combine(_work, "home"), Limit, ["gallery", .. command, .. access])
                .ConfigureAwait(false);
            _commands++;
            if (!run.IsOrderly)
                _wrong.Add($"{what}, command {command[0]}: exit {run.ExitCode}: {run.Errors.Trim()}");
            _slowestCommand = run.Took > _slowestCommand ? run.Took : _slowestCommand;
            _commandMemory = Math.Max(_commandMemory, run.Memory);
        }
        File.Delete(backup);
    }

    private void Print(int count)
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {count} galleries of {_people.Count} people with {GalleryDamage.All.Count} kinds of damage (seed {Seed}): {string.Join(
                    "; ",
                    _outcomes.Select(pair => $"{pair.Value} {pair.Key}")
                )}
                operations {5
                    * count}, refused {_refusals}, {_damageNamed} of them with the table and row; slowest {_slowest.TotalSeconds:0.0} s, largest memory {_memory
                    / 1e6:0} MB
                commands {_commands}, slowest {_slowestCommand.TotalSeconds:0.0} s, largest memory {_commandMemory / 1e6:0} MB
                wrong {_wrong.Count}
                """
            )
        );
        foreach (string line in _wrong)
            Console.WriteLine("  " + line);
    }

    /// <summary>A gallery that nothing has happened to.</summary>
    private sealed record Whole(string Kind, byte[] Bytes, EncryptionKey? Key, string Held, AuditHead? Receipt);
}
