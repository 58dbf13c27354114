using System.Diagnostics;

namespace Semblance.TestSupport;

/// <summary>A disk of its own, in memory, for one test; skips the test where nothing may be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string size)
    {
        Root = Directory.CreateTempSubdirectory("semblance-disk-").FullName;
        if (Mount("-t", "tmpfs", "-o", $"size={size}", "tmpfs", Root))
            return;
        Directory.Delete(Root);
        Assert.Skip("no disk can be mounted here (Linux, as root)");
    }

    public string Root { get; }

    private string Filler => Path.Combine(Root, "filler");

    public void Grow(string size) => Assert.True(Mount("-o", $"remount,size={size}", Root));

    /// <summary>Leaves no room at all.</summary>
    public void Fill()
    {
        using FileStream file = new(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Empty() => File.Delete(Filler);

    public void MakeReadOnly() => Assert.True(Mount("-o", "remount,ro", Root));

    public void Dispose()
    {
        Run("umount", "--lazy", Root);
        Directory.Delete(Root);
    }

    private static bool Mount(params string[] arguments) => OperatingSystem.IsLinux() && Run("mount", arguments);

    private static bool Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
