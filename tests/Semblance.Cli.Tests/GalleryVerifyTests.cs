using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class GalleryVerifyTests : IDisposable
{
    private static readonly string Astronaut = ReferenceData.Sample("astronaut.png"),
        Dim = ReferenceData.Sample("astronaut-dim.jpg"),
        Cat = ReferenceData.Sample("chelsea.png");

    private readonly TemporaryFolder _folder = new();

    public GalleryVerifyTests() => Assert.Equal(0, Run("enrol", "--name", "Eileen", Astronaut).ExitCode);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Picture_of_the_person_ends_with_0_and_the_grounds()
    {
        CliRun text = Run("verify", "Eileen", Dim),
            json = Run("verify", "Eileen", Dim, "--fmr", "1e-3", "--json");
        JsonElement answer = JsonDocument.Parse(json.Output).RootElement;

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Matches(
            @"astronaut-dim\.jpg: Eileen\n  similarity 0\.\d{4}, score 0\.\d{4}, threshold 0\.2155 \(false match rate 1e-4\)\n  probability ",
            text.Output
        );
        Assert.Equal(
            (true, "Eileen", 1e-3),
            (
                answer.GetProperty("match").GetBoolean(),
                answer.GetProperty("name").GetString(),
                answer.GetProperty("falseMatchRate").GetDouble()
            )
        );
        Assert.Equal(0.1448, Math.Round(answer.GetProperty("threshold").GetDouble(), 4));
        Assert.InRange(answer.GetProperty("similarity").GetDouble(), 0.6, 0.999);
        Assert.InRange(answer.GetProperty("probability").GetDouble(), 0.9, 1);
    }

    [Fact]
    public void Somebody_else_ends_with_1()
    {
        // No other person's picture is among the samples; the threshold makes one.
        CliRun text = Run("verify", "Eileen", Dim, "--threshold", "0.9999"),
            json = Run("verify", "Eileen", Dim, "--threshold", "0.9999", "--json");

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        Assert.Contains(": somebody else than Eileen", text.Output, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(json.Output).RootElement.GetProperty("match").GetBoolean());
        Assert.False(JsonDocument.Parse(json.Output).RootElement.TryGetProperty("falseMatchRate", out _));
    }

    [Fact]
    public void Person_whom_nobody_knows_is_told_with_2()
    {
        CliRun run = Run("verify", "Ada", Dim);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("knows nobody with the id or name 'Ada'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_without_a_face_is_told_with_4()
    {
        CliRun run = Run("verify", "Eileen", Cat);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("chelsea.png: no face was found", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Rate_that_is_too_small_for_the_references_is_refused_with_one_that_works()
    {
        Run("enrol", "--name", "Eileen", Dim, "--any-quality");
        CliRun run = Run("verify", "Eileen", Dim, "--fmr", "1e-9");
        string smallest = System.Text.RegularExpressions.Regex.Match(run.Errors, @"the smallest is ([^ ,]+),").Groups[1].Value;

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("shared among 2 references", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Run("verify", "Eileen", Dim, "--fmr", smallest).ExitCode);
    }

    [Theory]
    [InlineData("--fmr", "1e-3", "--threshold", "0.4")]
    [InlineData("--fmr", "2")]
    [InlineData("--threshold", "1.5")]
    public void Wrong_use_ends_with_2(params string[] arguments) => Assert.Equal(2, Run("verify", ["Eileen", Dim, .. arguments]).ExitCode);

    private CliRun Run(string command, params string[] arguments) =>
        CliRun.Of(["gallery", command, "--store", "sqlite:" + Path.Combine(_folder.Root, "people.db"), .. arguments]);
}
