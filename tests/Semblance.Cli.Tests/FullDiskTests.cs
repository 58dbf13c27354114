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
    public void Removal_without_room_to_rebuild_the_file_prints_its_receipt_and_ends_with_5()
    {
        using SmallDisk disk = new("16m");
        for (int i = 0; i < People; i++)
            _photos.Copy(Astronaut, $"Person {i}/1.jpg");
        string file = Path.Combine(disk.Root, "people.db");
        Assert.Equal(0, CliRun.Of("gallery", "create", "--store", file, "--keep-crops").ExitCode);
        Assert.Equal(0, Import(file).ExitCode);
        // Room for the change itself, but not for the file a second time.
        disk.Grow($"{new FileInfo(file).Length + (400 << 10)}");

        CliRun removed = CliRun.Of("gallery", "remove", "Person 3", "--store", file);
        Assert.Equal(5, removed.ExitCode);
        Assert.Matches("^removed Person 3 .*receipt [0-9]+:[0-9a-f]{64}", removed.Output);
        Assert.Contains("yet to be erased", removed.Errors, StringComparison.Ordinal);
        Assert.Equal(5, CliRun.Of("gallery", "purge", "--store", file).ExitCode);

        disk.Grow("16m");
        Assert.Equal(0, CliRun.Of("gallery", "purge", "--store", file).ExitCode);
        string receipt = removed.Output[(removed.Output.IndexOf("receipt ", StringComparison.Ordinal) + 8)..].Trim();
        Assert.Equal(0, CliRun.Of("gallery", "audit", "--store", file, "--receipt", receipt).ExitCode);
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
