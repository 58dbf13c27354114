using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class StrictOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Photo => ReferenceData.Sample("astronaut-dim.jpg");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "--threshold is '0,2', which is no number (a comma is no decimal point: write 0.2); -2 to 2 are possible",
        "verify",
        "a",
        "b",
        "--threshold",
        "0,2"
    )]
    [InlineData("--threads is '1,000', which is no whole number (a whole number has neither", "detect", "a", "--threads", "1,000")]
    [InlineData("--threshold is 'NaN', which is no number", "verify", "a", "b", "--threshold", "NaN")]
    [InlineData("--margin is '0,1', which is no number", "gallery", "identify", "a", "--margin", "0,1")]
    [InlineData("1 to 536 are possible", "detect", "a", "--max-megapixels", "18446744073710")]
    [InlineData("1 to 536 are possible", "detect", "a", "--max-megapixels", "99999999999999999999")]
    [InlineData("4 to 20000 are possible", "detect", "a", "--min-face", "0.0001")]
    [InlineData("1 to 1024 are possible", "detect", "a", "--threads", "0")]
    [InlineData("0 to 100 are possible", "gallery", "enrol", "a", "--name", "A", "--max-turn", "1e20")]
    [InlineData("0 to 100 are possible", "gallery", "import", "a", "--min-sharpness", "-1")]
    [InlineData("0 to 1 are possible", "find", "a", "b", "--min-quality", "1.5")]
    [InlineData("-2 to 2 are possible", "gallery", "check", "--store", "a", "--one-person", "1e20")]
    [InlineData("--size is 100; multiples of 112 and of 128 are possible", "align", "a", "--out", "b", "--size", "100")]
    [InlineData("there is no option '--anotate'; did you mean '--annotate'?", "detect", "--anotate", "a.jpg")]
    [InlineData("there is no option '--jsom'; did you mean '--json'?", "detect", "a.jpg", "--jsom")]
    [InlineData("there is no command 'analize' here; did you mean 'analyze'?", "analize", "a.jpg")]
    [InlineData("did you mean the command 'name'?", "cluster", "nane", "--out", "x")]
    [InlineData("--annotate lacks its value", "detect", "a.jpg", "--annotate", "--recursivee")]
    public void What_is_mistyped_is_refused_with_what_is_possible(string expected, params string[] arguments)
    {
        CliRun run = CliRun.Of(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SEMBLANCE_MIN_FACE", "0,2", "SEMBLANCE_MIN_FACE is '0,2', which is no number (a comma is no decimal point: write 0.2)")]
    [InlineData("SEMBLANCE_THREADS", "2000", "1 to 1024 are possible")]
    [InlineData("SEMBLANCE_QUIET", "perhaps", "true or false were expected")]
    public void Environment_is_read_as_strictly(string variable, string value, string expected)
    {
        CliRun run = CliRun.WithEnvironment(new() { [variable] = value }, "detect", Photo);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_with_an_unknown_key_is_refused_with_the_nearest()
    {
        string file = _folder.Write("config.json", """{ "detektor": "mtcnn", "minFace": "0,5" }"""u8);

        CliRun run = CliRun.Of("detect", Photo, "--config", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no option 'detektor'; did you mean 'detector'?", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_with_a_comma_in_a_number_is_refused_with_what_to_write()
    {
        string file = _folder.Write("config.json", """{ "minFace": "40,5" }"""u8);

        CliRun run = CliRun.Of("detect", Photo, "--config", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a comma is no decimal point: write 40.5", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_takes_keys_as_documented()
    {
        string file = _folder.Write("config.json", """{ "minFace": 400, "threads": 1, /* comment */ "min-score": 0.5, }"""u8);

        CliRun run = CliRun.Of("detect", Photo, "--config", file);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no face", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_begins_with_a_dash_can_be_named_behind_two_dashes()
    {
        CliRun run = CliRun.Of("detect", "--json", "--", "-there-is-none.jpg");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("-there-is-none.jpg: no such file", run.Errors, StringComparison.Ordinal);
    }
}
