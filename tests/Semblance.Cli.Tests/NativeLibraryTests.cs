using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

/// <summary>The program without one of its native libraries.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("libonnxruntime.so", "Microsoft.ML.OnnxRuntime 1.", "detect")]
    [InlineData("libSkiaSharp.so", "SkiaSharp.NativeAssets.Linux.NoDependencies 4.", "detect")]
    public void A_missing_native_library_is_told_with_the_package_to_add(string library, string package, string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the program is taken apart by links");
        string copy = Path.Combine(_folder.Root, library);
        Link(AppContext.BaseDirectory, copy, library);
        CliRun run = CliRun.Program(Path.Combine(copy, "Semblance.Cli"), command, ReferenceData.Sample("astronaut.png"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(package, run.Errors);
        Assert.Contains("add the package", run.Errors);
    }

    public void Dispose() => _folder.Dispose();

    private static void Link(string from, string to, string without)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != without))
        {
            string target = Path.Combine(to, Path.GetFileName(file));
            // The host looks for the program beside the file that it is, not beside the link.
            if (Path.GetFileName(file) is "Semblance.Cli" or "Semblance.Cli.dll")
                File.Copy(file, target);
            else
                File.CreateSymbolicLink(target, file);
        }
        foreach (string folder in Directory.GetDirectories(from))
            Link(folder, Path.Combine(to, Path.GetFileName(folder)), without);
    }
}
