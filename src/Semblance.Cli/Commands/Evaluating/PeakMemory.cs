using System.Diagnostics;
using Semblance.Models;

namespace Semblance.Cli.Commands.Evaluating;

/// <summary>The peak of memory of a fresh process: this program started again.</summary>
internal static class PeakMemory
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Finds the faces of a photograph, on one thread, in a process of its own.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="photograph">Compressed.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Bytes; null where the system does not tell the peak of another process.</returns>
    /// <exception cref="UsageException">It ended with an error.</exception>
    public static async Task<long?> OfDetectionAsync(InstalledModel detector, ReadOnlyMemory<byte> photograph, CancellationToken stop)
    {
        string folder = Directory.CreateTempSubdirectory("semblance-").FullName;
        try
        {
            string file = Path.Combine(folder, "photograph.jpg");
            await File.WriteAllBytesAsync(file, photograph, stop).ConfigureAwait(false);
            return await OfAsync(["detect", file, "--detector", detector.Id, "--threads", "1", "--quiet"], stop).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long?> OfAsync(string[] arguments, CancellationToken stop)
    {
        string program = Environment.ProcessPath!;
        // Run as "dotnet Semblance.Cli.dll", the program is the host's first argument.
        string[] before = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        using Process process = Process.Start(
            new ProcessStartInfo(program, [.. before, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop),
            errors = process.StandardError.ReadToEndAsync(stop);
        long peak = 0;
        try
        {
            // The peak is kept by the system and only rises, so what the last glance saw is at most so old.
            while (!process.HasExited)
            {
                peak = Math.Max(peak, Glimpse(process));
                await Task.Delay(Glance, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
        await output.ConfigureAwait(false);
        return process.ExitCode == 0
            ? peak == 0
                ? null
                : peak
            : throw new UsageException($"a process of its own failed: {(await errors.ConfigureAwait(false)).Trim()}");
    }

    private static long Glimpse(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended meanwhile.
            return 0;
        }
    }
}
