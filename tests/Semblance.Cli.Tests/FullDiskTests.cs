using System.Text.Json;
using Semblance.TestSupport;

namespace Semblance.Cli.Tests;

public sealed class FullDiskTests : IDisposable
{
    private const int People = 30;

    private static readonly string Astronaut = ReferenceData.Sample("astronaut-dim.jpg");

    private readonly TemporaryFolder _photos = new();

    public void Dispose() => _photos.Dispose();

    [Fact]
    public void Import_onto_a_full_disk_ends_with_5_tells_what_is_kept_and_goes_on_when_there_is_room()
    {
        using SmallDisk disk = new("1m");
        for (int i = 0; i < People; i++)
            _photos.Copy(Astronaut, $"Person {i}/1.jpg");
        string store = "sqlite:" + Path.Combine(disk.Root, "people.db");
        CliRun full = Import(store);
        Assert.Equal(5, full.ExitCode);
        Assert.Contains("people.db: the disk is full", full.Errors, StringComparison.Ordinal);
        int kept = int.Parse(
            System
                .Text.RegularExpressions.Regex.Match(full.Errors, $@"(\d+) of {People} pictures were enrolled by this run and are kept")
                .Groups[1]
                .Value
        );
        Assert.InRange(kept, 1, People - 1);

        disk.Grow("16m");
        Assert.Equal(0, CliRun.Of("gallery", "audit", "--store", store).ExitCode);
        CliRun rest = Import(store);
        JsonElement counts = JsonDocument.Parse(rest.Output).RootElement;
        Assert.Equal(
            (0, People - kept, kept),
            (rest.ExitCode, counts.GetProperty("enrolled").GetInt32(), counts.GetProperty("alreadyEnrolled").GetInt32())
        );
    }

    [Fact]
    public void Enrolment_where_nothing_can_be_written_ends_with_5_and_says_so()
    {
        using SmallDisk disk = new("1m");
        disk.MakeReadOnly();
        CliRun run = CliRun.Of(
            "gallery",
            "enrol",
            "--store",
            "sqlite:" + Path.Combine(disk.Root, "people.db"),
            "--name",
            "Eileen",
            Astronaut
        );

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("people.db cannot be written: the file or its folder is read-only", run.Errors, StringComparison.Ordinal);
    }

    private CliRun Import(string store) => CliRun.Of("gallery", "import", "--store", store, _photos.Root, "--any-quality", "--json");
}
