using System.Runtime.InteropServices;
using System.Text;
using Semblance.Gallery.Conformance;
using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Tests.Sqlite;

public sealed class SqlitePrivacyTests
{
    private static readonly byte[] Crop = Encoding.ASCII.GetBytes("a crop that can be told from everything else");

    [Fact]
    public async Task Nothing_of_a_removed_person_lies_in_the_file()
    {
        using TemporaryGallery file = new();
        await using FaceGallery gallery = await file.CreateAsync(keepCrops: true);
        Person ada = await EnrolAsync(gallery, "Adelheid Unverwechselbar", 1);
        await EnrolAsync(gallery, "Bea", 2);
        byte[] vector = MemoryMarshal.AsBytes(Faces.Of(1).Vector.Span).ToArray();
        Assert.True(Holds(file, "Adelheid Unverwechselbar"u8) && Holds(file, vector) && Holds(file, Crop));
        await gallery.RemoveAsync(ada.Id, TestContext.Current.CancellationToken);

        Assert.False(Holds(file, "Adelheid Unverwechselbar"u8));
        Assert.False(Holds(file, vector));
        Assert.True(Holds(file, "Bea"u8));
    }

    [Fact]
    public async Task Nothing_of_a_removed_person_lies_in_pages_that_the_row_once_was_in()
    {
        using TemporaryGallery file = new();
        await using FaceGallery gallery = await file.CreateAsync();
        Person ada = await EnrolAsync(gallery, "Adelheid Unverwechselbar", 1);
        // A copy where no row is any more, as it lies there after SQLite has moved rows: it writes over what it deletes and not over what
        // it moves.
        file.Execute(
            "PRAGMA secure_delete = OFF; CREATE TABLE moved (x); INSERT INTO moved SELECT name FROM person; DELETE FROM moved; DROP "
                + "TABLE moved"
        );
        await gallery.RemoveAsync(ada.Id, TestContext.Current.CancellationToken);

        Assert.False(Holds(file, "Adelheid Unverwechselbar"u8));
    }

    [Fact]
    public async Task Purge_erases_what_an_earlier_removal_left()
    {
        using TemporaryGallery file = new();
        await using FaceGallery gallery = await file.CreateAsync();
        await EnrolAsync(gallery, "Adelheid Unverwechselbar", 1);
        // As if the process had ended between the removal and the rebuilding of the file.
        file.Execute("PRAGMA secure_delete = OFF; DELETE FROM person; UPDATE gallery SET erase_due = 1");
        Assert.True(Holds(file, "Adelheid Unverwechselbar"u8));
        await gallery.PurgeAsync(TestContext.Current.CancellationToken);

        Assert.False(Holds(file, "Adelheid Unverwechselbar"u8));
    }

    [Fact]
    public async Task Neither_vectors_nor_crops_lie_in_an_encrypted_file()
    {
        using TemporaryGallery file = new();
        await using FaceGallery gallery = await file.CreateAsync(EncryptionKey.Generate(), keepCrops: true);
        await EnrolAsync(gallery, "Ada", 1);

        Assert.False(Holds(file, MemoryMarshal.AsBytes(Faces.Of(1).Vector.Span).ToArray()));
        Assert.False(Holds(file, Crop));
    }

    [Fact]
    public async Task File_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("there are no such permissions");
            return;
        }
        using TemporaryGallery file = new();
        await using FaceGallery gallery = await file.CreateAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
    }

    [Theory]
    [InlineData("UPDATE audit SET reference_count = 7 WHERE sequence = 3")]
    [InlineData("UPDATE audit SET action = 'PersonUpdated' WHERE sequence = 2")]
    [InlineData("UPDATE audit SET at = at + 1 WHERE sequence = 2")]
    [InlineData("DELETE FROM audit WHERE sequence = 2")]
    [InlineData("DELETE FROM audit WHERE sequence = 1")]
    [InlineData("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)")]
    [InlineData("DELETE FROM audit")]
    [InlineData("DELETE FROM person WHERE name = 'Ada'")]
    [InlineData("DELETE FROM reference WHERE number = 1")]
    [InlineData(
        "DELETE FROM audit WHERE sequence >= 4; UPDATE gallery SET (audit_sequence, audit_hash) = (SELECT sequence, hash FROM audit "
            + "ORDER BY sequence DESC LIMIT 1)"
    )]
    public async Task Audit_notices_what_was_altered_behind_its_back(string sql)
    {
        using TemporaryGallery file = new();
        await using (FaceGallery gallery = await file.CreateAsync())
        {
            await EnrolAsync(gallery, "Ada", 1);
            await EnrolAsync(gallery, "Bea", 2);
            Assert.Empty((await gallery.AuditAsync(cancellationToken: TestContext.Current.CancellationToken)).Problems);
        }
        file.Execute(sql);
        await using FaceGallery altered = await file.OpenAsync();

        Assert.False((await altered.AuditAsync(cancellationToken: TestContext.Current.CancellationToken)).IsIntact);
    }

    private static async Task<Person> EnrolAsync(FaceGallery gallery, string name, int face) =>
        (
            await gallery.EnrolAsync(
                new(name),
                [new(Faces.Of(face)) { Crop = Crop }],
                cancellationToken: TestContext.Current.CancellationToken
            )
        ).Person;

    private static bool Holds(TemporaryGallery file, ReadOnlySpan<byte> bytes) => file.AllBytes().AsSpan().IndexOf(bytes) >= 0;
}
