using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Semblance.Files;

namespace Semblance.Cli.Training;

/// <summary>
/// Finds the training tool, which brings libtorch and is installed apart, and runs it: what <see cref="Variable"/> names, else what lies
/// beside this program, is on the PATH, among the user's dotnet tools, or in the tool manifest of this folder.
/// </summary>
internal static partial class TrainingTool
{
    /// <summary>Name of the program.</summary>
    public const string Name = "semblance-train";

    /// <summary>Environment variable with its path.</summary>
    public const string Variable = "SEMBLANCE_TRAIN";

    /// <summary>Says what to do when it is nowhere.</summary>
    public const string HowToInstall =
        $"the training tool '{Name}' is not installed (it brings libtorch, so it is large); install it with 'dotnet tool install "
        + $"--global Semblance.Training', "
        + $"or name its program in {Variable}";

    private const int TerminateSignal = 15;

    private const long LargestManifest = 1 << 20;

    private const string ToolManifest = "dotnet-tools.json";

    /// <summary>How the tool is started, with its first arguments.</summary>
    /// <exception cref="UsageException">It is not installed, or the variable names something that is not there.</exception>
    public static IReadOnlyList<string> Find() =>
        Find(Environment.GetEnvironmentVariable, AppContext.BaseDirectory, Environment.CurrentDirectory);

    /// <summary>As <see cref="Find()"/>, with what it looks at.</summary>
    internal static IReadOnlyList<string> Find(Func<string, string?> variable, string beside, string folder)
    {
        if (variable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? Start(named) : throw new UsageException($"{Variable} names {named}, which is not there");
        string home = variable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") ?? "";
        IEnumerable<string> folders =
        [
            beside,
            .. (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            Path.Combine(home, ".dotnet", "tools"),
        ];
        string file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        if (folders.Select(place => Path.Combine(place, file)).FirstOrDefault(File.Exists) is { } found)
            return [found];
        return IsInManifest(folder) ? ["dotnet", "tool", "run", Name, "--"] : throw new UsageException(HowToInstall);
    }

    /// <summary>Runs it in this terminal.</summary>
    /// <param name="arguments">Handed over as they are.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<string> start;
        try
        {
            start = Find();
        }
        catch (UsageException e) when (e.Message == HowToInstall && TrainingHelp.IsAskedFor(arguments))
        {
            Console.Out.WriteLine(TrainingHelp.Text);
            return (int)ExitCode.Done;
        }
        int tool = 0;
        // The tool writes its checkpoint, so this program waits for it. Ctrl-C reaches both, a request to end only this one.
        using StopSignals signals = new(signal =>
        {
            if (signal == PosixSignal.SIGTERM && tool != 0 && !OperatingSystem.IsWindows())
                _ = Terminate(tool, TerminateSignal);
        });
        using IDisposable hold = StopSignals.Hold("the training tool");
        using Process process = Open(new ProcessStartInfo(start[0], [.. start.Skip(1), .. arguments]) { UseShellExecute = false });
        tool = process.Id;
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    private static Process Open(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"the training tool cannot be run: {e.Message}");
        }
    }

    private static IReadOnlyList<string> Start(string path) => Path.GetExtension(path) == ".dll" ? ["dotnet", path] : [path];

    private static bool IsInManifest(string folder)
    {
        for (DirectoryInfo? place = new(folder); place is not null; place = place.Parent)
        {
            string? manifest = (
                (string[])[Path.Combine(place.FullName, ".config", ToolManifest), Path.Combine(place.FullName, ToolManifest)]
            ).FirstOrDefault(File.Exists);
            if (
                manifest is not null
                && RegularFile.ReadAllText(manifest, LargestManifest).Contains($"\"{Name}\"", StringComparison.Ordinal)
            )
                return true;
        }
        return false;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Terminate(int process, int signal);
}
