using System.Globalization;

namespace Semblance.Benchmarks.Robustness;

/// <summary>
/// Weights that were altered through <c>models import</c>, each in a process of its own: taken over or refused, never a crash, a hang, or
/// a folder that is left behind; and what is taken over gives no numbers that are none.
/// </summary>
internal static class HostileCheckpoints
{
    private const int Seed = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs.</summary>
    /// <param name="folder">Weights: .onnx, .pth, .pt.</param>
    /// <param name="count">How many are made.</param>
    public static async Task RunAsync(string folder, int count)
    {
        string work = Directory.CreateTempSubdirectory("semblance-hostile-").FullName,
            home = Path.Combine(work, "home");
        IReadOnlyList<(string File, string[] Kind)> sound = await FindSoundAsync(folder, home).ConfigureAwait(false);
        Random random = new(Seed);
        int accepted = 0,
            refused = 0;
        List<string> wrong = [];
        double slowest = 0;
        long memory = 0;
        for (int i = 0; i < count; i++)
        {
            (string source, string[] kind) = sound[random.Next(sound.Count)];
            string altered = Path.Combine(work, "altered" + Path.GetExtension(source)),
                what = await WriteAlteredAsync(source, altered, random).ConfigureAwait(false);
            CommandRun run = await ImportAsync(home, altered, kind).ConfigureAwait(false);
            if (run.ExitCode == 0)
                accepted++;
            else
                refused++;
            string[] left = [.. Directory.EnumerateFileSystemEntries(Path.Combine(home, "models"), ".*")];
            if (!run.IsOrderly || left.Length > 0 || (run.ExitCode == 0 && what == "NaN"))
                wrong.Add($"{Path.GetFileName(source)}, {what}: exit {run.ExitCode}, left {left.Length}: {run.Errors.Trim()}");
            slowest = Math.Max(slowest, run.Took.TotalSeconds);
            memory = Math.Max(memory, run.Memory);
        }
        Directory.Delete(work, recursive: true);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} altered checkpoints of {sound.Count} files (seed {Seed}): {accepted} taken over, {refused} refused, {wrong.Count} wrong; slowest {slowest:0.0} s, largest memory {memory / 1e6:0} MB"
            )
        );
        foreach (string line in wrong)
            Console.WriteLine("  " + line);
    }

    /// <summary>Those that can be imported as they are, and as what.</summary>
    private static async Task<IReadOnlyList<(string File, string[] Kind)>> FindSoundAsync(string folder, string home)
    {
        List<(string, string[])> sound = [];
        foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(file) is not (".onnx" or ".pth" or ".pt"))
                continue;
            foreach (string[] kind in new string[][] { [], ["--kind", "detector"], ["--kind", "embedder"] })
            {
                if ((await ImportAsync(home, file, kind).ConfigureAwait(false)).ExitCode != 0)
                    continue;
                sound.Add((file, kind));
                break;
            }
        }
        return sound.Count > 0 ? sound : throw new InvalidOperationException($"{folder} has no weights that can be imported");
    }

    private static Task<CommandRun> ImportAsync(string home, string file, string[] kind) =>
        CommandRun.OfAsync(home, Limit, ["models", "import", file, "--id", "altered", "--replace", .. kind]);

    private static async Task<string> WriteAlteredAsync(string source, string target, Random random)
    {
        byte[] bytes = await File.ReadAllBytesAsync(source).ConfigureAwait(false);
        int at = random.Next(bytes.Length),
            length = Math.Min(bytes.Length - at, random.Next(1, 4096));
        string what;
        switch (random.Next(5))
        {
            case 0:
                what = "cut";
                bytes = bytes[..at];
                break;
            case 1:
                // Weights are most of a file, so that most of these meet some.
                what = "NaN";
                for (int k = bytes.Length / 4 * 4 - 4; k > bytes.Length / 3; k -= 400)
                    BitConverter.GetBytes(float.NaN).CopyTo(bytes.AsSpan(k));
                break;
            case 2:
                what = "zeros";
                bytes.AsSpan(at, length).Clear();
                break;
            case 3:
                what = "header";
                for (int k = random.Next(1, 8); k > 0; k--)
                    bytes[random.Next(Math.Min(2000, bytes.Length))] = (byte)random.Next(256);
                break;
            default:
                what = "noise";
                for (int k = random.Next(1, 20); k > 0; k--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                break;
        }
        await File.WriteAllBytesAsync(target, bytes).ConfigureAwait(false);
        return what;
    }
}
