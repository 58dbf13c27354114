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

    /// <summary>
    /// The folder with the content of a tar of the reference data; skips the running test when the tar is not there. It is unpacked once,
    /// under <c>artifacts</c>, for all test processes and later runs; another version of the tar gets another folder.
    /// </summary>
    public static string RequireUnpacked(string tar)
    {
        FileInfo file = new(Require(tar));
        string folder = Path.Combine(
            Repository,
            "artifacts",
            "reference",
            $"{Path.GetFileNameWithoutExtension(tar)}-{file.Length}-{file.LastWriteTimeUtc.Ticks}"
        );
        lock (Unpacking)
        {
            if (!Directory.Exists(folder))
                Unpack(file.FullName, folder);
        }
        return folder;
    }

    private static readonly Lock Unpacking = new();

    /// <summary>A folder is either absent or whole: it gets its name when everything is in it. Another process may be first.</summary>
    private static void Unpack(string tar, string folder)
    {
        string partial = $"{folder}.{Environment.ProcessId}";
        Directory.CreateDirectory(partial);
        System.Formats.Tar.TarFile.ExtractToDirectory(tar, partial, overwriteFiles: true);
        try
        {
            Directory.Move(partial, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "Semblance.slnx")))
                return d.FullName;
        throw new InvalidOperationException("The tests must run from inside the repository.");
    }

    private static string? FindRoot()
    {
        string root = Environment.GetEnvironmentVariable("SEMBLANCE_REFERENCE")
            ?? Path.Combine(Path.GetDirectoryName(Repository)!, "shared");
        return Directory.Exists(root) ? root : null;
    }
}
