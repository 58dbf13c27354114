using System.Diagnostics;
using System.Globalization;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    /// <summary>How often a process is killed while it enrols.</summary>
    protected virtual int Kills => 200;

    [Fact]
    [Trait("speed", "slow")]
    public async Task Killed_process_leaves_nothing_torn_and_loses_nothing_acknowledged()
    {
        Assert.SkipUnless(Reopens && Shares, "the store lives in memory");
        Random random = new(Seed);
        string address = NewAddress();
        await (await CreateAsync(address)).DisposeAsync();
        int next = 0,
            whole = 0;
        for (int kill = 1; kill <= Kills; kill++)
        {
            int acknowledged = await EnrolAndKillAsync(address, next, random);
            await using FaceGallery gallery = await FaceGallery.OpenAsync(Stores, address, cancellationToken: Stop);
            for (; next <= acknowledged; next++, whole++)
                Assert.True(await IsWholeAsync(gallery, next), $"kill {kill}: person {next} was acknowledged and is gone");
            // What was under way is there as a whole or not at all.
            if (await IsWholeAsync(gallery, next))
                whole++;
            next++;
            Assert.Equal(whole, (await gallery.GetStatisticsAsync(Stop)).Counts.People);
            if (kill % 20 == 0)
                Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
        }
        TestContext.Current.SendDiagnosticMessage($"seed {Seed}: {Kills} kills, {whole} people");
    }

    /// <summary>Starts a process that enrols from a number on, and kills it at some moment after it has begun.</summary>
    /// <returns>The last number that it acknowledged.</returns>
    private static async Task<int> EnrolAndKillAsync(string address, int first, Random random)
    {
        string folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar),
            framework = Path.GetFileName(folder);
        string configuration = Path.GetFileName(Path.GetDirectoryName(folder)!);
        string writer = Path.Combine(
            folder,
            "..",
            "..",
            "..",
            "..",
            "Semblance.Gallery.CrashWriter",
            "bin",
            configuration,
            framework,
            "Semblance.Gallery.CrashWriter.dll"
        );
        using Process process = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
                [writer, address, $"{first}"]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        int acknowledged = -1;
        try
        {
            int enough = random.Next(1, 4);
            for (int i = 0; i < enough; i++)
                acknowledged = Read(await process.StandardOutput.ReadLineAsync(Stop));
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 4), Stop);
        }
        finally
        {
            // SIGKILL where there are signals.
            process.Kill();
        }
        while (await process.StandardOutput.ReadLineAsync(Stop) is { } line)
            acknowledged = Read(line);
        await process.WaitForExitAsync(Stop);
        return acknowledged;

        static int Read(string? line) =>
            line is null
                ? throw new InvalidOperationException("the writer ended by itself")
                : int.Parse(line, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a person is there with all faces; false when nothing of them is. Anything between fails.</summary>
    private static async Task<bool> IsWholeAsync(FaceGallery gallery, int number)
    {
        IReadOnlyList<Person> named = await gallery.FindByNameAsync(CrashPeople.NameOf(number), Stop);
        if (named.Count == 0)
            return false;
        ReferenceDraft[] expected = CrashPeople.FacesOf(number);
        IReadOnlyList<FaceReference> references = await gallery.ReferencesOfAsync(Assert.Single(named).Id, Stop);
        Assert.Equal(expected.Select(face => face.Source), references.Select(reference => reference.Source));
        Assert.All(references.Zip(expected), pair => Assert.Equal(pair.Second.Embedding.Vector.ToArray(), pair.First.Vector.ToArray()));
        return true;
    }
}
