using System.Diagnostics;
using Semblance.TestSupport;

namespace Semblance.Packages.Tests;

/// <summary>What is packed and published works outside the repository.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private readonly string _folder = Directory.CreateTempSubdirectory("semblance-packages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_empty_program_with_the_packages_finds_the_face()
    {
        // A version of its own, so that no cached package of an earlier build is taken.
        string version = $"0.0.0-test.{DateTime.UtcNow.Ticks}",
            feed = Path.Combine(_folder, "feed"),
            program = Path.Combine(_folder, "program");
        foreach (string project in new[] { "Semblance", "Semblance.Models", "Semblance.Models.Research" })
        {
            string path = Path.Combine(ReferenceData.Repository, "src", project, project + ".csproj");
            Run(_folder, "pack", path, "--no-build", "-c", Configuration, "-o", feed, $"-p:Version={version}");
        }
        Directory.CreateDirectory(program);
        File.WriteAllText(
            Path.Combine(program, "nuget.config"),
            $"""
            <configuration><packageSources><add key="built" value="{feed}" /></packageSources></configuration>
            """
        );
        File.WriteAllText(
            Path.Combine(program, "Program.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Semblance" Version="{version}" />
                <PackageReference Include="Semblance.Models" Version="{version}" />
                <PackageReference Include="Semblance.Models.Research" Version="{version}" />
                <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" />
                <PackageReference Include="SkiaSharp.NativeAssets.Linux.NoDependencies" Version="4.155.0" />
              </ItemGroup>
            </Project>
            """
        );
        File.WriteAllText(
            Path.Combine(program, "Program.cs"),
            """
            using Semblance;
            using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
            ImageAnalysis photo = await analyzer.AnalyzeAsync(args[0], FaceFeatures.Embedding | FaceFeatures.Age);
            Console.WriteLine($"faces {photo.Faces!.Count}, components {photo.Faces[0].Embedding!.Dimension}, age known: {photo.Faces[0].Age!.IsKnown}");
            """
        );
        string output = Run(program, "run", "--", ReferenceData.Sample("astronaut.png"));
        Assert.Contains("faces 1, components 512, age known: True", output);
    }

    [Fact]
    public void Published_training_tool_loads_libtorch_and_carries_nothing_for_debuggers_and_Python()
    {
        string tool = Path.Combine(_folder, "tool"),
            file = OperatingSystem.IsWindows() ? "semblance-train.exe" : "semblance-train";
        Run(
            _folder,
            "publish",
            Path.Combine(ReferenceData.Repository, "src", "Semblance.Training", "Semblance.Training.csproj"),
            "--no-build",
            "-c",
            Configuration,
            "-o",
            tool,
            "-p:CreateHardLinksForPublishFilesIfPossible=true"
        );
        Assert.Matches(@"^libtorch \d+\.\d+.*; \d+ threads$", RunProgram(_folder, Path.Combine(tool, file), "device").Trim());
        string[] files = [.. Directory.GetFiles(tool, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(tool, path))];
        Assert.Contains(files, path => Path.GetFileName(path).Contains("torch_cpu", StringComparison.Ordinal));
        Assert.DoesNotContain(files, path =>
            path.StartsWith("runtimes", StringComparison.Ordinal)
            && (path.EndsWith(".pdb", StringComparison.Ordinal) || path.EndsWith(".a", StringComparison.Ordinal))
        );
        Assert.DoesNotContain(files, path => path.Contains("torch_python", StringComparison.Ordinal));
    }

    private static string Run(string folder, params string[] arguments) => RunProgram(folder, "dotnet", arguments);

    private static string RunProgram(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host was started with must not reach the build.
        foreach (
            string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()
        )
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Limit), $"{program} hangs");
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{output.Result}\n{errors.Result}");
        return output.Result;
    }
}
