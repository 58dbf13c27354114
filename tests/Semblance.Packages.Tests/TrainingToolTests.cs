using Semblance.TestSupport;

namespace Semblance.Packages.Tests;

/// <summary>The training tool as it is published.</summary>
public sealed class TrainingToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-packages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Published_training_tool_loads_libtorch_and_carries_nothing_for_debuggers_and_Python()
    {
        string tool = Path.Combine(_folder, "tool"),
            file = OperatingSystem.IsWindows() ? "semblance-train.exe" : "semblance-train";
        DotnetRun.Sdk(
            _folder,
            "publish",
            Path.Combine(ReferenceData.Repository, "src", "Semblance.Training", "Semblance.Training.csproj"),
            "--no-build",
            "-c",
            PackageFeed.Configuration,
            "-o",
            tool,
            "-p:CreateHardLinksForPublishFilesIfPossible=true"
        );
        Assert.Matches(@"^libtorch \d+\.\d+.*; \d+ threads$", DotnetRun.Expect(_folder, Path.Combine(tool, file), "device").Trim());
        string[] files = [.. Directory.GetFiles(tool, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(tool, path))];
        Assert.Contains(files, path => Path.GetFileName(path).Contains("torch_cpu", StringComparison.Ordinal));
        Assert.DoesNotContain(files, path =>
            path.StartsWith("runtimes", StringComparison.Ordinal)
            && (path.EndsWith(".pdb", StringComparison.Ordinal) || path.EndsWith(".a", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(files, path => path.Contains("torch_python", StringComparison.Ordinal));
    }
}
