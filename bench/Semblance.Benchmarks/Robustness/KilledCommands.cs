using System.Globalization;
using Semblance.Gallery;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Sqlite;

namespace Semblance.Benchmarks.Robustness;

/// <summary>
/// Commands of an encrypted gallery that are killed at some moment: enrol, import, remove, rekey. Afterwards the gallery opens, its log is
/// whole, and what was acknowledged is so.
/// </summary>
internal static class KilledCommands
{
    private const int Seed = 23;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Runs.</summary>
    /// <param name="folder">Pictures of one person each.</param>
    /// <param name="count">How many commands are killed.</param>
    public static async Task RunAsync(string folder, int count)
    {
        string[] pictures = [.. Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal)];
        string work = Directory.CreateTempSubdirectory("semblance-kills-").FullName,
            store = "sqlite:" + Path.Combine(work, "people.db"),
            home = Path.Combine(work, "home");
        string[] keys = [KeyFile(work, "a"), KeyFile(work, "b")];
        int current = 0,
            acknowledged = 0,
            unfinished = 0;
        List<string> wrong = [];
        HashSet<string> enrolled = [];
        Random random = new(Seed);
        string import = Directory.CreateDirectory(Path.Combine(work, "import", "imported person")).FullName;
        File.Copy(pictures[^1], Path.Combine(import, "a.jpg"));
        CommandRun made = await RunCommandAsync(Longest, ["gallery", "create", "--encrypt"]).ConfigureAwait(false);
        if (made.ExitCode != 0)
            throw new InvalidOperationException(made.Errors);
        TimeSpan whole = (await EnrolAsync("first", Longest).ConfigureAwait(false)).Took;
        enrolled.Add("first");
        for (int i = 0; i < count; i++)
        {
            TimeSpan limit = whole * (0.3 + 0.9 * random.NextDouble());
            string what = (i % 4) switch
            {
                0 => "enrol",
                1 => "import",
                2 => "remove",
                _ => "rekey",
            };
            string name = $"person {i}";
            if (what == "remove")
                name = enrolled.First();
            CommandRun run = await (
                what switch
                {
                    "enrol" => EnrolAsync(name, limit),
                    "import" => RunCommandAsync(
                        limit,
                        ["gallery", "import", Path.Combine(work, "import"), "--consent", "form 1", "--any-quality"]
                    ),
                    "remove" => RunCommandAsync(limit, ["gallery", "remove", name]),
                    _ => RunCommandAsync(limit, ["gallery", "rekey", "--new-key-file", keys[1 - current]]),
                }
            ).ConfigureAwait(false);
            bool done = run.ExitCode == 0;
            acknowledged += done ? 1 : 0;
            unfinished += done ? 0 : 1;
            if (what == "rekey" && (done || !await OpensAsync(store, keys[current]).ConfigureAwait(false)))
                current = 1 - current;
            if (what == "enrol" && done)
                enrolled.Add(name);
            try
            {
                HashSet<string> there = await NamesAsync(store, keys[current]).ConfigureAwait(false);
                if (what == "remove" && (done || !there.Contains(name)))
                {
                    enrolled.Remove(name);
                    if (there.Contains(name))
                        wrong.Add($"{i}: '{name}' was removed and is there");
                }
                if (what == "import" && done && !there.Contains("imported person"))
                    wrong.Add($"{i}: the import is not there");
                if (!enrolled.IsSubsetOf(there))
                    wrong.Add($"{i}, {what}: lost {string.Join(", ", enrolled.Except(there))}");
                if (enrolled.Count == 0)
                    enrolled.UnionWith(there.Take(1));
                if (enrolled.Count == 0 && (await EnrolAsync(name, Longest).ConfigureAwait(false)).ExitCode == 0)
                    enrolled.Add(name);
            }
            catch (SemblanceException e)
            {
                wrong.Add($"{i}, {what}: {e.Message}");
            }
        }
        Directory.Delete(work, recursive: true);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} commands with a kill (seed {Seed}): {acknowledged} were done before it, {unfinished} were not; {wrong.Count} wrong"
            )
        );
        foreach (string line in wrong)
            Console.WriteLine("  " + line);

        Task<CommandRun> EnrolAsync(string name, TimeSpan limit) =>
            RunCommandAsync(
                limit,
                [
                    "gallery",
                    "enrol",
                    pictures[random.Next(pictures.Length)],
                    "--name",
                    name,
                    "--consent",
                    "form 1",
                    "--any-quality",
                    "--face",
                    "largest",
                ]
            );

        Task<CommandRun> RunCommandAsync(TimeSpan limit, string[] command) =>
            CommandRun.OfAsync(home, limit, [.. command, "--store", store, "--key-file", keys[current]]);
    }

    private static string KeyFile(string folder, string name)
    {
        string file = Path.Combine(folder, name + ".key");
        File.WriteAllText(file, Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(EncryptionKey.Size)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private static async Task<bool> OpensAsync(string store, string key)
    {
        try
        {
            await NamesAsync(store, key).ConfigureAwait(false);
            return true;
        }
        catch (GalleryException)
        {
            return false;
        }
    }

    /// <summary>Everybody who is there, once all references could be opened and the log is whole.</summary>
    private static async Task<HashSet<string>> NamesAsync(string store, string key)
    {
        FaceGallery gallery = await FaceGallery
            .OpenAsync(new(new SqliteStoreProvider()), store, new() { Key = EncryptionKey.FromFile(key) })
            .ConfigureAwait(false);
        await using (gallery.ConfigureAwait(false))
        {
            HashSet<string> names = [];
            await foreach (Person person in gallery.ListAsync().ConfigureAwait(false))
            {
                names.Add(person.Name);
                foreach (FaceReference reference in await gallery.ReferencesOfAsync(person.Id).ConfigureAwait(false))
                    if (!float.IsFinite(reference.Vector.Span[0]))
                        throw new GalleryStorageException($"{store}: a reference is damaged");
            }
            AuditReport report = await gallery.AuditAsync().ConfigureAwait(false);
            return report.Problems.Count == 0 ? names : throw new GalleryStorageException($"{store}: {string.Join("; ", report.Problems)}");
        }
    }
}
