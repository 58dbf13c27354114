using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class AlbumCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Dictionary<string, string> Home => new() { ["SEMBLANCE_HOME"] = Path.Combine(_folder.Root, "home") };

    public AlbumCommandTests()
    {
        foreach (string name in new[] { "astronaut.png", "astronaut-dim.jpg", "chelsea.png" })
            _folder.Copy(ReferenceData.Sample(name), $"album/{name}");
    }

    private string Album => Path.Combine(_folder.Root, "album");

    private string Sorted => Path.Combine(_folder.Root, "sorted");

    private string Store => Path.Combine(_folder.Root, "people.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sort")]
    [InlineData("find")]
    [InlineData("hide")]
    [InlineData("completion")]
    public void Help_shows_how_a_command_is_used(string command)
    {
        CliRun run = Run(command, "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Album_is_sorted_and_the_sorting_taken_back()
    {
        CliRun sorted = Run("sort", Album, "--out", Sorted);
        Assert.Equal(0, sorted.ExitCode);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Sorted, "Person 001")).Length);
        Assert.Equal("chelsea.png", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(Sorted, "No face")))));
        string log = Assert.Single(Directory.GetFiles(Sorted, "sort-log-*.jsonl"));
        Assert.Contains(log, sorted.Errors, StringComparison.Ordinal);

        Assert.Contains("known from before", Run("sort", Album, "--out", Sorted + "2", "--link").Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "known from before",
            Run("sort", Album, "--out", Sorted + "3", "--no-cache").Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(0, Run("sort", "--undo", log).ExitCode);
        Assert.False(Directory.Exists(Sorted));
    }

    [Fact]
    public void File_that_names_the_gallery_is_an_sqlite_one_and_names_its_folders()
    {
        Assert.Equal(0, Run("gallery", "enrol", "--store", Store, "--name", "Eileen", ReferenceData.Sample("astronaut.png")).ExitCode);
        CliRun sorted = Run("sort", Album, "--out", Sorted, "--store", Store, "--json");
        JsonElement folders = JsonDocument.Parse(sorted.Output).RootElement.GetProperty("folders");
        Assert.Equal("Eileen", folders[0].GetProperty("name").GetString());
        Assert.Equal(2, folders[0].GetProperty("pictures").GetArrayLength());

        CliRun found = Run("find", "Eileen", Album, "--store", Store);
        Assert.Equal(0, found.ExitCode);
        Assert.Equal(2, found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("there is 'Eileen'", Run("find", "eileen", Album, "--store", Store).Errors, StringComparison.Ordinal);

        CliRun hidden = Run("hide", Album, "--out", Sorted + "-hidden", "--except", "Eileen", "--store", Store, "--json");
        Assert.Contains("\"hidden\":0,\"kept\":1", hidden.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Person_is_found_on_pictures_and_nobody_on_others()
    {
        CliRun found = Run("find", ReferenceData.Sample("astronaut.png"), Album);
        Assert.Equal(0, found.ExitCode);
        Assert.Contains("astronaut-dim.jpg", found.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("chelsea", found.Output, StringComparison.Ordinal);
        Assert.Contains("found on 2 of 3 pictures", found.Errors, StringComparison.Ordinal);
        Assert.Equal(1, Run("find", ReferenceData.Sample("astronaut.png"), Path.Combine(Album, "chelsea.png")).ExitCode);
    }

    [Fact]
    public void Hidden_copies_do_not_verify_and_originals_stay()
    {
        byte[] before = File.ReadAllBytes(Path.Combine(Album, "astronaut.png"));
        Assert.Equal(0, Run("hide", Album, "--out", Sorted, "--pixelate").ExitCode);
        Assert.Equal(3, Directory.GetFiles(Sorted).Length);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Album, "astronaut.png")));
        Assert.NotEqual(0, Run("verify", Path.Combine(Album, "astronaut.png"), Path.Combine(Sorted, "astronaut.png")).ExitCode);
        Assert.Equal(0, Run("hide", Album, "--out", Sorted, "--box", "--quiet").ExitCode);
        Assert.Equal(6, Directory.GetFiles(Sorted).Length);
    }

    [Theory]
    [InlineData("sort album")]
    [InlineData("sort album --out x --copy --move")]
    [InlineData("sort album --out x --only-known")]
    [InlineData("hide album --out x --blur --box")]
    [InlineData("hide album --out x --except Ada")]
    [InlineData("find nobody.jpg album")]
    [InlineData("find album/astronaut.png album --top 0")]
    [InlineData("completion tcsh")]
    public void Wrong_usage_exits_with_2_and_says_why(string arguments)
    {
        CliRun run = Run([
            .. arguments
                .Split(' ')
                .Select(word => word.StartsWith("album", StringComparison.Ordinal) ? Path.Combine(_folder.Root, word) : word),
        ]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error:", run.Errors, StringComparison.Ordinal);
    }

    private CliRun Run(params string[] arguments) => CliRun.WithEnvironment(Home, arguments);
}
