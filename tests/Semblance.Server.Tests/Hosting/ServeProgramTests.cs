using System.Diagnostics;
using System.Text.Json;
using Semblance.Gallery;
using Semblance.Page.Tests;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.Hosting;

/// <summary>The settings of the built program.</summary>
[Trait("speed", "slow")]
public sealed class ServeProgramTests
{
    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_wherever_it_stands()
    {
        string folder = Directory.CreateTempSubdirectory("semblance-serve-").FullName,
            file = Path.Combine(folder, "semblance.json");
        await File.WriteAllTextAsync(file, """{"maxParts": 0}""");
        ProcessStartInfo start = new(
            Service.Executable,
            ["serve", "--config", file, "--picture-bytes", "0", "--rate", "0", "--log", "xml", "--telemetry", "nowhere", "--listen", "x"]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SEMBLANCE_MAX_FACES"] = "none";
        start.Environment["SEMBLANCE_MAX_MEGAPIXELS"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string said = await process.StandardError.ReadToEndAsync() + await output;
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        Assert.Equal(2, process.ExitCode);
        foreach (
            string part in new[]
            {
                "max-parts is 0",
                "picture-bytes is 0",
                "rate is 0",
                "--log is 'xml'",
                "--telemetry is 'nowhere'",
                "listen is 'x'",
                "SEMBLANCE_MAX_FACES",
                "SEMBLANCE_MAX_MEGAPIXELS is 0",
            }
        )
            Assert.Contains(part, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_that_are_set_are_told_and_held()
    {
        await using Service service = await Service.StartAsync(
            (folder, _) =>
            {
                string file = Path.Combine(folder.FullName, "semblance.json");
                File.WriteAllText(file, """{"requestBytes": 300000, "maxMegapixels": 1, "maxFaces": 1}""");
                return ["--config", file, "--picture-bytes", "200000", "--body-bytes", "1000000", "--max-parts", "7"];
            }
        );
        using HttpClient http = new() { BaseAddress = service.Address };
        JsonElement limits = await http.GetAsync("/v1/limits").JsonAsync();
        Assert.Equal(
            (200_000, 300_000, 1_000_000, 7, 1),
            (
                limits.GetProperty("pictureBytes").GetInt32(),
                limits.GetProperty("requestBytes").GetInt32(),
                limits.GetProperty("pixels").GetInt32(),
                limits.GetProperty("parts").GetInt32(),
                limits.GetProperty("faces").GetInt32()
            )
        );
        await http.PostAsync("/v1/detect", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        JsonElement large = await http.PostAsync("/v1/detect", Pictures.Form(("image", new byte[250_000]))).JsonAsync(413);
        Assert.Equal("image-too-large", large.GetProperty("code").GetString());
        JsonElement many = await http.PostAsync("/v1/embed", Pictures.Form(("image", Pictures.TwoFaces))).JsonAsync(422);
        Assert.Equal("too-many-faces", many.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Rate_of_all_together_is_held_where_there_are_no_keys()
    {
        await using RunningService service = await RunningService.StartAsync((options, _) => options with { RequestsPerMinute = 3 });
        for (int i = 0; i < 3; i++)
            await service.Http.GetAsync("/v1/limits").JsonAsync();
        using HttpResponseMessage refused = await service.Http.GetAsync("/v1/limits");
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task Gallery_of_another_cohort_is_named_when_the_service_starts()
    {
        string folder = Directory.CreateTempSubdirectory("semblance-serve-").FullName,
            file = Path.Combine(folder, "people.db");
        await (
            await FaceGallery.CreateAsync(
                Server.Galleries.GallerySet.Stores,
                "sqlite:" + file,
                new() { Contract = new(FaceAnalyzerOptions.DefaultEmbedder, await ContractAsync(), 512) { Cohort = "another" } }
            )
        ).DisposeAsync();
        await using (
            RunningService service = await RunningService.StartAsync(
                (options, _) => options with { Stores = [new("old", "sqlite:" + file)] }
            )
        )
        {
            Assert.Equal(["old"], service.Service.GalleriesToUpgrade);
            JsonElement galleries = await service.Http.GetAsync("/v1/galleries").JsonAsync();
            Assert.True(galleries.GetProperty("galleries")[0].GetProperty("needsUpgrade").GetBoolean());
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Contract of the default embedder, as a new gallery takes it.</summary>
    private static async Task<string> ContractAsync()
    {
        await using RunningService service = await RunningService.StartAsync();
        Assert.Empty(service.Service.GalleriesToUpgrade);
        return service.Service.Parts.Galleries.All[0].Gallery.Settings.Contract.Contract;
    }
}
