namespace Semblance.TestSupport;

/// <summary>
/// Finds the repository and the optional folder of reference data (official outputs, data sets) beside it. The folder is
/// <c>SEMBLANCE_REFERENCE</c>, else <c>shared</c> next to the repository; tests that need it are skipped where it is absent.
/// </summary>
internal static class ReferenceData
{
    public static string Repository { get; } = FindRepository();

    public static string? Root { get; } = FindRoot();

    public static string Sample(string name) => Path.Combine(Repository, "samples", "photos", name);

    /// <summary>The path of a reference file; skips the running test when it is not there.</summary>
    public static string Require(string relative)
    {
        string? path = Root is null ? null : Path.Combine(Root, relative);
        bool there = path is not null && (File.Exists(path) || Directory.Exists(path));
        Assert.SkipUnless(there, $"reference data '{relative}' is not here");
        return path!;
    }

    /// <summary>Unpacks a tar of the reference data once per process; skips the running test when it is not there.</summary>
    public static string RequireUnpacked(string tar)
    {
        string path = Require(tar);
        lock (Unpacked)
        {
            if (Unpacked.TryGetValue(path, out string? folder)) return folder;
            folder = Directory.CreateTempSubdirectory("semblance-test-").FullName;
            System.Formats.Tar.TarFile.ExtractToDirectory(path, folder, overwriteFiles: false);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            return Unpacked[path] = folder;
        }
    }

    private static readonly Dictionary<string, string> Unpacked = [];

    private static string FindRepository()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "Semblance.slnx"))) return d.FullName;
        throw new InvalidOperationException("The tests must run from inside the repository.");
    }

    private static string? FindRoot()
    {
        string root = Environment.GetEnvironmentVariable("SEMBLANCE_REFERENCE") ?? Path.Combine(Path.GetDirectoryName(Repository)!, "shared");
        return Directory.Exists(root) ? root : null;
    }
}
