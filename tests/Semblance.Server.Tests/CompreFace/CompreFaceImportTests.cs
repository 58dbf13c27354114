using Semblance.Gallery;
using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Importing;
using Semblance.Server.Galleries;
using Semblance.Server.Tests.Support;

namespace Semblance.Server.Tests.CompreFace;

/// <summary>The way in from CompreFace, from a service that speaks its routes.</summary>
public sealed class CompreFaceImportTests
{
    [Fact]
    public async Task Subjects_and_pictures_come_over_and_a_second_run_adds_nothing()
    {
        await using RunningService from = await RunningService.StartAsync();
        await from.Http.PostAsync("/api/v1/recognition/faces?subject=Eileen", Pictures.Form(("file", Pictures.Astronaut))).JsonAsync(201);
        await using RunningService to = await RunningService.StartAsync();
        ServedGallery served = to.Service.Parts.Galleries.All[0];
        PhotoReader reader = served.Reader(FaceChoice.Largest, QualityGate.Open, to.Service.Parts.Options.Limits);
        CompreFaceImport import = new(from.Http, served.Gallery, reader, new() { ConsentReference = "brought over" });
        Assert.Equal(1, await import.CountAsync());
        Assert.Equal(ImportOutcome.Enrolled, (await AllAsync(import))[0].Outcome);
        Assert.Equal(ImportOutcome.AlreadyEnrolled, (await AllAsync(import))[0].Outcome);
        Person person = Assert.Single(await served.Gallery.FindByNameAsync("Eileen"));
        Assert.Equal("brought over", person.ConsentReference);
        var found = await to.Http.PostAsync("/v1/identify", Pictures.Form(("image", Pictures.Dim))).JsonAsync();
        Assert.Equal("Eileen", found.GetProperty("faces")[0].GetProperty("person").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Address_that_is_no_compreface_is_named()
    {
        await using RunningService service = await RunningService.StartAsync();
        ServedGallery served = service.Service.Parts.Galleries.All[0];
        using HttpClient wrong = new() { BaseAddress = new Uri(service.Address, "/v1/") };
        CompreFaceImport import = new(wrong, served.Gallery, served.Reader(FaceChoice.Largest, QualityGate.Open, new()), new());
        GalleryException error = await Assert.ThrowsAsync<GalleryException>(() => import.CountAsync());
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<ImportedPhoto>> AllAsync(CompreFaceImport import)
    {
        List<ImportedPhoto> all = [];
        await foreach (ImportedPhoto photo in import.RunAsync())
            all.Add(photo);
        return all;
    }
}
