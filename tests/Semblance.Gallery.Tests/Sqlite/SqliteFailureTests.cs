using Semblance.Gallery.Conformance;
using Semblance.TestSupport;

namespace Semblance.Gallery.Tests.Sqlite;

public sealed class SqliteFailureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Full_disk_is_told_and_leaves_a_whole_gallery_with_everybody_acknowledged()
    {
        using SmallDisk disk = new("1m");
        string address = $"sqlite:{Path.Combine(disk.Root, "people.db")}";
        int acknowledged = 0;
        await using (
            FaceGallery gallery = await FaceGallery.CreateAsync(
                TemporaryGallery.Stores,
                address,
                new() { Contract = Faces.Contract },
                cancellationToken: Stop
            )
        )
        {
            GalleryStorageException error = await Assert.ThrowsAsync<GalleryStorageException>(async () =>
            {
                for (; acknowledged < 1000; acknowledged++)
                    await EnrolAsync(gallery, acknowledged);
            });
            Assert.Contains("people.db: the disk is full", error.Message, StringComparison.Ordinal);
            Assert.InRange(acknowledged, 1, 999);
            disk.Grow("8m");
            await EnrolAsync(gallery, acknowledged);
        }
        await using FaceGallery again = await FaceGallery.OpenAsync(TemporaryGallery.Stores, address, cancellationToken: Stop);
        Assert.Equal(
            (acknowledged + 1, acknowledged + 1),
            ((int)(await again.GetStatisticsAsync(Stop)).Counts.People, (int)(await again.GetStatisticsAsync(Stop)).Counts.References)
        );
        Assert.Empty((await again.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Gallery_on_a_full_disk_is_not_made_and_leaves_nothing()
    {
        using SmallDisk disk = new("64k");
        string address = $"sqlite:{Path.Combine(disk.Root, "people.db")}";
        GalleryStorageException error = await Assert.ThrowsAsync<GalleryStorageException>(() =>
            FaceGallery.CreateAsync(TemporaryGallery.Stores, address, new() { Contract = Faces.Contract }, cancellationToken: Stop)
        );

        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Root));
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_told_as_such()
    {
        using SmallDisk disk = new("4m");
        string address = $"sqlite:{Path.Combine(disk.Root, "people.db")}",
            other = $"sqlite:{Path.Combine(disk.Root, "other.db")}";
        await (
            await FaceGallery.CreateAsync(TemporaryGallery.Stores, address, new() { Contract = Faces.Contract }, cancellationToken: Stop)
        ).DisposeAsync();
        disk.MakeReadOnly();
        GalleryStorageException opened = await Assert.ThrowsAsync<GalleryStorageException>(async () =>
        {
            await using FaceGallery gallery = await FaceGallery.OpenAsync(TemporaryGallery.Stores, address, cancellationToken: Stop);
            await EnrolAsync(gallery, 1);
        });
        GalleryStorageException created = await Assert.ThrowsAsync<GalleryStorageException>(() =>
            FaceGallery.CreateAsync(TemporaryGallery.Stores, other, new() { Contract = Faces.Contract }, cancellationToken: Stop)
        );

        Assert.Contains("people.db cannot be written: the file or its folder is read-only", opened.Message, StringComparison.Ordinal);
        Assert.Contains("other.db cannot be written: the file or its folder is read-only", created.Message, StringComparison.Ordinal);
    }

    private static Task<Enrolment> EnrolAsync(FaceGallery gallery, int face) =>
        gallery.EnrolAsync(new($"{face}"), [Faces.Draft(Faces.Of(face))], cancellationToken: Stop);
}
