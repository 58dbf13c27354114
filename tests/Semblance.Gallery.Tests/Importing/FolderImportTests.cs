using Semblance.Gallery.Enrolling;
using Semblance.Gallery.Importing;
using Semblance.Gallery.Tests.Enrolling;
using Semblance.Gallery.Tests.Sqlite;
using Semblance.TestSupport;

namespace Semblance.Gallery.Tests.Importing;

public sealed class FolderImportTests : IDisposable
{
    private readonly FaceAnalyzer _analyzer = FaceAnalyzer.CreateDefault();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("semblance-import-");
    private readonly TemporaryGallery _file = new();

    public void Dispose()
    {
        _analyzer.Dispose();
        _folder.Delete(recursive: true);
        _file.Dispose();
    }

    [Fact]
    public async Task Import_enrols_a_folder_a_person_and_a_second_run_changes_nothing()
    {
        Write("Łucja", "1.png", Photos.Draw(0, 1));
        Write("Łucja", "2.png", Photos.Draw(0, 0.9f));
        Write("Łucja", "cat.png", await File.ReadAllBytesAsync(ReferenceData.Sample("chelsea.png"), TestContext.Current.CancellationToken));
        Write("Bea", "broken.jpg", [1, 2, 3]);
        Write("Bea", "3.png", Photos.Draw(0, 0.8f));
        await using FaceGallery gallery = await FaceGallery.CreateAsync(
            TemporaryGallery.Stores,
            _file.Address,
            new() { Contract = GalleryContract.Of(_analyzer.Embedder) },
            cancellationToken: TestContext.Current.CancellationToken
        );
        List<ImportedPhoto> first = await RunAsync(gallery),
            second = await RunAsync(gallery);

        Assert.Equal((3, 2), (Count(first, ImportOutcome.Enrolled), Count(first, ImportOutcome.Refused)));
        Assert.Equal((3, 2), (Count(second, ImportOutcome.AlreadyEnrolled), Count(second, ImportOutcome.Refused)));
        Assert.Equal(
            [RejectionReason.NoFace, RejectionReason.Unreadable],
            first
                .Where(p => p.Outcome == ImportOutcome.Refused)
                .OrderBy(p => p.Rejections[0].Reason == RejectionReason.Unreadable)
                .Select(p => p.Rejections[0].Reason)
        );
        Assert.Equal(
            2,
            (
                await gallery.ReferencesOfAsync(
                    Assert.Single(await gallery.FindByNameAsync("Łucja", TestContext.Current.CancellationToken)).Id,
                    TestContext.Current.CancellationToken
                )
            ).Count
        );
    }

    [Fact]
    public async Task Import_that_was_broken_off_goes_on_where_it_was()
    {
        for (int i = 0; i < 6; i++)
            Write($"Person {i}", "a.png", Photos.Draw(0, 1 - i * 0.03f));
        await using FaceGallery gallery = await FaceGallery.CreateAsync(
            TemporaryGallery.Stores,
            _file.Address,
            new() { Contract = GalleryContract.Of(_analyzer.Embedder) },
            cancellationToken: TestContext.Current.CancellationToken
        );
        using CancellationTokenSource stop = new();
        FolderImport import = new(gallery, new(_analyzer, new()), new() { Threads = 1 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ImportedPhoto _ in import.RunAsync(FolderImport.Find(_folder.FullName), stop.Token))
                await stop.CancelAsync();
        });
        long before = (await gallery.GetStatisticsAsync(TestContext.Current.CancellationToken)).Counts.People;
        List<ImportedPhoto> rest = await RunAsync(gallery);

        Assert.InRange(before, 1, 5);
        Assert.Equal((6 - before, before), (Count(rest, ImportOutcome.Enrolled), Count(rest, ImportOutcome.AlreadyEnrolled)));
    }

    [Fact]
    public async Task Reembedding_makes_all_references_anew_from_kept_crops()
    {
        using FaceAnalyzer flip = FaceAnalyzer.CreateBuilder().UseEmbedding(new() { Flip = true }).Build();
        await using FaceGallery gallery = await FaceGallery.CreateAsync(
            TemporaryGallery.Stores,
            _file.Address,
            new() { Contract = GalleryContract.Of(_analyzer.Embedder), KeepCrops = true },
            cancellationToken: TestContext.Current.CancellationToken
        );
        EnrolmentPhoto photo = new PhotoReader(_analyzer, new() { KeepCrops = true }).Read(
            "a.png",
            Photos.Draw(0, 1),
            TestContext.Current.CancellationToken
        );
        Person ada = (
            await gallery.EnrolAsync(new("Ada"), [photo.Draft!], cancellationToken: TestContext.Current.CancellationToken)
        ).Person;
        ReferenceDraft flipped = new PhotoReader(flip, new())
            .Read("a.png", Photos.Draw(0, 1), TestContext.Current.CancellationToken)
            .Draft!;
        await Assert.ThrowsAsync<GalleryContractException>(() =>
            gallery.IdentifyAsync([flipped.Embedding], cancellationToken: TestContext.Current.CancellationToken)
        );
        Assert.Equal(1, await Reembedding.RunAsync(gallery, flip.Embedder, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(flip.Embedder.Contract, gallery.Settings.Contract.Contract);
        var answer = (await gallery.IdentifyAsync([flipped.Embedding], new() { Threshold = 0.5 }, TestContext.Current.CancellationToken))[
            0
        ];
        Assert.Equal(ada.Id, answer.Match!.Person.Id);
        Assert.Equal(1, answer.Match.Similarity, 1e-4);
        await Assert.ThrowsAsync<GalleryContractException>(() =>
            gallery.AddReferencesAsync(ada.Id, [photo.Draft!], TestContext.Current.CancellationToken)
        );
        Assert.Empty((await gallery.AuditAsync(cancellationToken: TestContext.Current.CancellationToken)).Problems);
        await gallery.AddReferencesAsync(ada.Id, [new(flipped.Embedding)], TestContext.Current.CancellationToken);
        Assert.Contains(
            "1 of 2",
            (
                await Assert.ThrowsAsync<GalleryException>(() =>
                    Reembedding.RunAsync(gallery, _analyzer.Embedder, cancellationToken: TestContext.Current.CancellationToken)
                )
            ).Message,
            StringComparison.Ordinal
        );
    }

    private static int Count(List<ImportedPhoto> photos, ImportOutcome outcome) => photos.Count(photo => photo.Outcome == outcome);

    private void Write(string person, string file, byte[] bytes) =>
        File.WriteAllBytes(Path.Combine(_folder.CreateSubdirectory(person).FullName, file), bytes);

    private async Task<List<ImportedPhoto>> RunAsync(FaceGallery gallery)
    {
        List<ImportedPhoto> photos = [];
        await foreach (
            ImportedPhoto photo in new FolderImport(gallery, new(_analyzer, new()), new()).RunAsync(
                FolderImport.Find(_folder.FullName),
                TestContext.Current.CancellationToken
            )
        )
            photos.Add(photo);
        return photos;
    }
}
