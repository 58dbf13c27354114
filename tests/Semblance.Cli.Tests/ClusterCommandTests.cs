using System.Text.Json;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Cli.Tests;

public sealed class ClusterCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Photographs_of_one_person_become_a_group_that_can_be_named_in_a_gallery()
    {
        foreach (string photo in (string[])["astronaut.png", "astronaut-dim.jpg", "astronaut-exif6.jpg", "chelsea.png"])
            _folder.Copy(ReferenceData.Sample(photo), $"photos/{photo}");
        string groups = Path.Combine(_folder.Root, "groups"),
            store = "sqlite:" + Path.Combine(_folder.Root, "people.db");
        CliRun cluster = CliRun.Of("cluster", Path.Combine(_folder.Root, "photos"), "--out", groups);
        Assert.Equal((0, true), (cluster.ExitCode, cluster.Output.Contains("1 group,", StringComparison.Ordinal)));
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(groups, "clusters.json")));
        JsonElement group = Assert.Single(document.RootElement.GetProperty("clusters").EnumerateArray());
        Assert.Equal(3, group.GetProperty("faces").GetArrayLength());
        Assert.Equal(
            ["x", "y", "width", "height"],
            group.GetProperty("faces")[0].GetProperty("box").EnumerateObject().Select(side => side.Name)
        );
        using (SKBitmap sheet = SKBitmap.Decode(Path.Combine(groups, group.GetProperty("sheet").GetString()!)))
            Assert.InRange(sheet.Width, 400, 1300);
        Assert.True(File.Exists(Path.Combine(groups, "overview.png")));

        CliRun name = CliRun.Of("cluster", "name", groups, "1=Eileen", "--store", store);
        Assert.Equal((0, true), (name.ExitCode, name.Output.Contains("3 references added", StringComparison.Ordinal)));
        CliRun again = CliRun.Of("cluster", "name", groups, "1=Eileen", "--store", store);
        Assert.Contains("0 references added, 3 enrolled before", again.Output, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"Eileen\"", File.ReadAllText(Path.Combine(groups, "clusters.json")), StringComparison.Ordinal);
        Assert.Contains(
            "Eileen",
            CliRun.Of("gallery", "identify", "--store", store, "--threshold", "0.5", ReferenceData.Sample("astronaut.png")).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Results_that_are_also_the_input_are_not_replaced()
    {
        _folder.Copy(ReferenceData.Sample("astronaut.png"), "photos/a.png");
        string groups = Path.Combine(_folder.Root, "groups");
        Assert.Equal(0, CliRun.Of("cluster", Path.Combine(_folder.Root, "photos"), "--out", groups).ExitCode);
        string[] before = Directory.GetFiles(groups, "*", SearchOption.AllDirectories);

        CliRun run = CliRun.Of("cluster", groups, "--recursive", "--out", groups, "--replace");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("never written over", run.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(groups, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("--fmr", "1e-9")]
    [InlineData("--threshold", "3")]
    [InlineData("--min-size", "0")]
    public void Cluster_refuses_wrong_options_before_it_reads_pictures(string option, string value)
    {
        CliRun run = CliRun.Of(
            "cluster",
            ReferenceData.Sample("astronaut.png"),
            "--out",
            Path.Combine(_folder.Root, "groups"),
            option,
            value
        );
        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(Path.Combine(_folder.Root, "groups")));
    }

    [Fact]
    public void Help_of_name_shows_its_own_arguments_alone()
    {
        string help = CliRun.Of("cluster", "name", "--help").Output;
        Assert.Contains("<NUMBER=NAME>", help, StringComparison.Ordinal);
        Assert.DoesNotContain("<INPUT>", help, StringComparison.Ordinal);
        Assert.Contains("<INPUT>", CliRun.Of("cluster", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_says_when_nothing_was_clustered()
    {
        CliRun run = CliRun.Of("cluster", "name", _folder.Root, "1=Ada", "--store", "sqlite:" + Path.Combine(_folder.Root, "people.db"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("clusters.json is not there", run.Errors, StringComparison.Ordinal);
    }
}
