using Microsoft.Extensions.VectorData;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Conformance;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.VectorData.Tests;

public class VectorDataGalleryStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static GallerySettings Settings { get; } = new() { Contract = Faces.Contract };

    [Fact]
    public async Task Enrolment_that_breaks_off_anywhere_is_whole_or_absent_when_opened_again()
    {
        int absent = 0,
            whole = 0;
        for (int writes = 0; writes < 12; writes++)
        {
            MemoryVectorStore vectors = new();
            GalleryStores stores = new(new VectorDataGalleryProvider(vectors));
            FaceGallery gallery = await FaceGallery.CreateAsync(stores, "vectordata:people", Settings, cancellationToken: Stop);
            vectors.WritesLeft = writes;
            Task<Enrolment> enrolling = gallery.EnrolAsync(
                new("Ada"),
                [Faces.Draft(Faces.Of(1)), Faces.Draft(Faces.Of(2))],
                cancellationToken: Stop
            );
            bool acknowledged = await enrolling.ContinueWith(
                task => task.IsCompletedSuccessfully,
                Stop,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
            vectors.WritesLeft = int.MaxValue;

            await using FaceGallery opened = await FaceGallery.OpenAsync(stores, "vectordata:people", cancellationToken: Stop);
            GalleryCounts counts = (await opened.GetStatisticsAsync(Stop)).Counts;
            Assert.Equal(2 * counts.People, counts.References);
            Assert.True(!acknowledged || counts.People == 1);
            AuditReport audit = await opened.AuditAsync(cancellationToken: Stop);
            Assert.Empty(audit.Problems);
            if (counts.People == 0)
                absent++;
            else
                whole++;
        }
        // Without the journal's record nothing happened; with it everything does.
        Assert.Equal((1, 11), (absent, whole));
    }

    [Fact]
    public async Task Creation_refuses_a_collection_that_is_there()
    {
        MemoryVectorStore vectors = new();
        VectorDataGalleryProvider provider = new(vectors);
        await using (await provider.CreateAsync("people", Settings, StoreOptions.Default, Stop)) { }
        GalleryExistsException error = await Assert.ThrowsAsync<GalleryExistsException>(() =>
            provider.CreateAsync("people", Settings, StoreOptions.Default, Stop)
        );
        Assert.Contains("there is a collection of that name already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_says_when_there_is_no_gallery() =>
        await Assert.ThrowsAsync<GalleryNotFoundException>(() =>
            new VectorDataGalleryProvider(new MemoryVectorStore()).OpenAsync("people", StoreOptions.Default, Stop)
        );

    [Fact]
    public async Task Failure_of_the_store_reaches_the_caller()
    {
        MemoryVectorStore vectors = new();
        FaceGallery gallery = await FaceGallery.CreateAsync(
            new(new VectorDataGalleryProvider(vectors)),
            "vectordata:people",
            Settings,
            cancellationToken: Stop
        );
        vectors.WritesLeft = 0;
        await Assert.ThrowsAsync<VectorStoreException>(() =>
            gallery.EnrolAsync(new("Ada"), [Faces.Draft(Faces.Of(1))], cancellationToken: Stop)
        );
    }
}
