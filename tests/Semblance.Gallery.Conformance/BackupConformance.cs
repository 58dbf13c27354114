using Semblance.Gallery.Audit;
using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    [Fact]
    public async Task Backup_that_is_restored_holds_everything_and_the_log_goes_on()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-backup-");
        try
        {
            string file = Path.Combine(folder.FullName, "people.backup"),
                address = NewAddress();
            FaceGallery gallery = await CreateAsync(settings: Settings with { KeepCrops = true });
            Person ada = (
                await gallery.EnrolAsync(
                    new("Ada")
                    {
                        ExternalId = "17",
                        Tags = ["x"],
                        ConsentReference = "form 1",
                    },
                    [new(Faces.Of(1)) { Crop = new byte[] { 1, 2, 3 } }, Faces.Draft(Faces.Of(2))],
                    cancellationToken: Stop
                )
            ).Person;
            await gallery.RemoveAsync((await EnrolAsync(gallery, "Gone", 9)).Id, Stop);
            AuditHead before = (await gallery.AuditAsync(cancellationToken: Stop)).Head!;
            await GalleryBackup.WriteAsync(gallery, file, Stop);
            await EnrolAsync(gallery, "Later", 3);
            await Assert.ThrowsAsync<GalleryExistsException>(() => GalleryBackup.WriteAsync(gallery, file, Stop));
            byte[] written = await File.ReadAllBytesAsync(file, Stop);

            FaceGallery restored = await GalleryBackup.RestoreAsync(Stores, file, address, null, Options, Stop);
            _open.Add(restored);
            Assert.Equal(["Ada"], (await ListAsync(restored.ListAsync(Stop))).Select(person => person.Name));
            Assert.Equal(
                (ada.Id, "form 1"),
                ((await restored.FindByExternalIdAsync("17", Stop))!.Id, (await restored.FindAsync(ada.Id, Stop))!.ConsentReference)
            );
            Assert.Equal(ada.Id, (await restored.IdentifyAsync([Faces.Of(2)], cancellationToken: Stop))[0].Match!.Person.Id);
            Assert.Equal([1, 2, 3], Assert.Single((await restored.ExportAsync(ada.Id, Stop)).Crops).Value.ToArray());
            AuditReport audit = await restored.AuditAsync(before, Stop);
            Assert.Empty(audit.Problems);
            Assert.Equal(AuditAction.Restored, (await ListAsync(restored.ReadLogAsync(before.Sequence, Stop)))[0].Event.Action);
            Assert.Equal(written, await File.ReadAllBytesAsync(file, Stop));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal([file], Directory.GetFileSystemEntries(folder.FullName));
            if (Reopens)
                await Assert.ThrowsAsync<GalleryExistsException>(() =>
                    GalleryBackup.RestoreAsync(Stores, file, address, null, Options, Stop)
                );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Backup_that_was_altered_is_not_restored()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-backup-");
        try
        {
            string file = Path.Combine(folder.FullName, "people.backup"),
                address = NewAddress();
            FaceGallery gallery = await CreateAsync();
            await EnrolAsync(gallery, "Ada", 1);
            await GalleryBackup.WriteAsync(gallery, file, Stop);
            using (Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={file};Pooling=false"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "UPDATE person SET name = 'Eve'";
                command.ExecuteNonQuery();
            }
            GalleryDamagedException error = await Assert.ThrowsAsync<GalleryDamagedException>(() =>
                GalleryBackup.RestoreAsync(Stores, file, address, null, Options, Stop)
            );

            Assert.Contains("details of person", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<GalleryException>(() => OpenAsync(address));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Backup_of_an_encrypted_gallery_needs_its_key()
    {
        Assert.SkipUnless(Encrypts, "the store does not encrypt");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("semblance-backup-");
        try
        {
            string file = Path.Combine(folder.FullName, "people.backup");
            EncryptionKey key = EncryptionKey.Generate();
            FaceGallery gallery = await CreateAsync(settings: Settings with { Encrypted = true }, key: key);
            Person ada = await EnrolAsync(gallery, "Ada", 1);
            await GalleryBackup.WriteAsync(gallery, file, Stop);
            await Assert.ThrowsAsync<GalleryKeyException>(() =>
                GalleryBackup.RestoreAsync(Stores, file, NewAddress(), null, Options, Stop)
            );
            FaceGallery restored = await GalleryBackup.RestoreAsync(Stores, file, NewAddress(), new() { Key = key }, Options, Stop);
            _open.Add(restored);

            Assert.Equal(ada.Id, (await restored.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
            Assert.Empty((await restored.AuditAsync(cancellationToken: Stop)).Problems);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
