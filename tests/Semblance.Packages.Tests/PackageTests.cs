using Semblance.TestSupport;

namespace Semblance.Packages.Tests;

/// <summary>What is packed works outside the repository.</summary>
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private static readonly string[] CannotCompileAhead = ["Platform linker", "error NU1101", "error NU1102", "cannot find -l"];

    [Fact]
    public void An_empty_program_with_the_packages_finds_the_face()
    {
        string program = feed.Program(
            "program",
            ["Semblance", "Semblance.Models", "Semblance.Models.Research"],
            "",
            """
            using Semblance;
            using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
            ImageAnalysis photo = await analyzer.AnalyzeAsync(args[0], FaceFeatures.Embedding | FaceFeatures.Age);
            Console.WriteLine($"faces {photo.Faces!.Count}, components {photo.Faces[0].Embedding!.Dimension}, age known: {photo.Faces[0].Age!.IsKnown}");
            """
        );
        string output = DotnetRun.Sdk(program, "run", "--", ReferenceData.Sample("astronaut.png"));
        Assert.Contains("faces 1, components 512, age known: True", output);
    }

    [Theory]
    [InlineData("trimmed", "<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained>")]
    [InlineData("ahead", "<PublishAot>true</PublishAot>")]
    public void A_trimmed_and_an_ahead_compiled_program_verify_two_pictures(string name, string publishing)
    {
        string program = feed.Program(
            name,
            ["Semblance", "Semblance.Models"],
            publishing
                + "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><WarningsNotAsErrors>NU1900;NU1905</WarningsNotAsErrors><InvariantGlobalization>true</InvariantGlobalization>",
            """
            using Semblance;
            using Semblance.Json;
            using FaceAnalyzer analyzer = FaceAnalyzer.CreateDefault();
            VerificationResult result = await analyzer.VerifyAsync(args[0], args[1]);
            Console.WriteLine(SemblanceJson.Serialize(result));
            """
        );
        string published = Path.Combine(program, "published");
        DotnetRun publish = DotnetRun.Of(program, "dotnet", "publish", "-c", "Release", "--use-current-runtime", "-o", published);
        string said = publish.Output + publish.Errors;
        Assert.SkipWhen(
            publish.ExitCode != 0 && CannotCompileAhead.Any(words => said.Contains(words, StringComparison.Ordinal)),
            $"the linker or the compiler package is not to be had here: {said.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))}"
        );
        Assert.True(publish.ExitCode == 0, said);
        string output = DotnetRun.Expect(
            program,
            Path.Combine(published, OperatingSystem.IsWindows() ? "Program.exe" : "Program"),
            ReferenceData.Sample("astronaut.png"),
            ReferenceData.Sample("astronaut-dim.jpg")
        );
        Assert.StartsWith("{\"match\":true,\"decision\":\"same\"", output);
        Assert.Contains("\"landmarks\":[[", output);
    }
}
