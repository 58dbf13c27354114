using Semblance.TestSupport;

namespace Semblance.Packages.Tests;

/// <summary>The packages as they are built here, and console programs that use them.</summary>
public sealed class PackageFeed : IDisposable
{
    // Of its own, so that no cached package of an earlier build is taken.
    private readonly string _version = $"0.0.0-test.{DateTime.UtcNow.Ticks}";

    private string Folder { get; } = Directory.CreateTempSubdirectory("semblance-packages-").FullName;

    /// <summary>Packs the libraries that were built with the tests.</summary>
    public PackageFeed()
    {
        foreach (string project in new[] { "Semblance", "Semblance.Models", "Semblance.Models.Research" })
        {
            string path = Path.Combine(ReferenceData.Repository, "src", project, project + ".csproj");
            DotnetRun.Sdk(
                Folder,
                "pack",
                path,
                "--no-build",
                "-c",
                Configuration,
                "-o",
                Path.Combine(Folder, "feed"),
                $"-p:Version={_version}"
            );
        }
    }

    /// <summary>Release or Debug, as the tests are.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Deletes packages and programs.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Writes a console program called <c>Program</c> that references the packages.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="packages">Which of the packages.</param>
    /// <param name="properties">Of its project.</param>
    /// <param name="code">What it does.</param>
    /// <returns>Its folder.</returns>
    public string Program(string name, IReadOnlyList<string> packages, string properties, string code)
    {
        string program = Path.Combine(Folder, name);
        Directory.CreateDirectory(program);
        File.WriteAllText(
            Path.Combine(program, "nuget.config"),
            $"""
            <configuration><packageSources><add key="built" value="{Path.Combine(Folder, "feed")}" /></packageSources></configuration>
            """
        );
        File.WriteAllText(
            Path.Combine(program, "Program.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{_version}\" />"))}
                <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" />
              </ItemGroup>
            </Project>
            """
        );
        File.WriteAllText(Path.Combine(program, "Program.cs"), code);
        return program;
    }
}
