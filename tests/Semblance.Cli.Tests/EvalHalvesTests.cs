using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class EvalHalvesTests
{
    [Fact]
    public void Picture_that_is_labelled_twice_is_named()
    {
        using TemporaryFolder folder = new();
        string labels = folder.Write("labels.csv", "file,person\na.jpg,A\nb.jpg,B\na.jpg,A\n"u8);
        CliRun run = CliRun.Of("eval", "halves", "--labels", labels, "--images", folder.Root);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("a.jpg stands in the labels twice", run.Errors);
    }

    [Fact]
    public void Too_few_people_make_no_cohort()
    {
        using TemporaryFolder folder = new();
        folder.Copy(ReferenceData.Sample("astronaut.png"), "a.png");
        folder.Copy(ReferenceData.Sample("astronaut-dim.jpg"), "b.jpg");
        string labels = folder.Write("labels.csv", "file,person,gender\na.png,A,female\nb.jpg,B,female\n"u8);
        CliRun run = CliRun.Of("eval", "halves", "--labels", labels, "--images", folder.Root, "--copies", "0");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("too few for a cohort", run.Errors);
    }
}
