using System.Runtime.InteropServices;
using System.Text;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Conformance;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Sqlite;

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
    [InlineData("DELETE FROM audit; UPDATE gallery SET audit_sequence = NULL, audit_hash = NULL; DELETE FROM person")]
    [InlineData("UPDATE person SET name = 'Eve' WHERE name = 'Ada'")]
    [InlineData("UPDATE person SET name = CASE name WHEN 'Ada' THEN 'Bea' ELSE 'Ada' END")]
    [InlineData("UPDATE person SET consent = 'form 9' WHERE name = 'Ada'")]
    [InlineData("UPDATE person SET expires_at = 4102444800000 WHERE name = 'Ada'")]
    [InlineData("UPDATE person SET metadata = '{\"role\":\"admin\"}' WHERE name = 'Ada'")]
    [InlineData("UPDATE person SET external_id = '17' WHERE name = 'Ada'")]
    [InlineData("UPDATE reference SET person = 3 - person")]
    [InlineData("UPDATE reference SET vector = (SELECT vector FROM reference WHERE number = 2) WHERE number = 1")]
    [InlineData("UPDATE reference SET norm = norm + 1 WHERE number = 1")]
    [InlineData("UPDATE reference SET baseline = 0.25 WHERE number = 1")]
    [InlineData("UPDATE reference SET source = 'elsewhere' WHERE number = 1")]
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

    [Theory]
    [InlineData("UPDATE crop SET png = (SELECT png FROM crop WHERE reference = 2) WHERE reference = 1")]
    [InlineData("UPDATE reference SET vector = (SELECT vector FROM reference WHERE number = 2) WHERE number = 1")]
    [InlineData("UPDATE reference SET person = 3 - person")]
    public async Task Sealed_bytes_open_only_as_what_they_were_of(string sql)
    {
        using TemporaryGallery file = new();
        EncryptionKey key = EncryptionKey.Generate();
        await using (FaceGallery gallery = await file.CreateAsync(key, keepCrops: true))
        {
            await EnrolAsync(gallery, "Ada", 1);
            await EnrolAsync(gallery, "Bea", 2);
        }
        file.Execute(sql);
        await using FaceGallery altered = await file.OpenAsync(new() { Key = key });
        GalleryDamagedException error = await Assert.ThrowsAsync<GalleryDamagedException>(() =>
            altered.AuditAsync(cancellationToken: TestContext.Current.CancellationToken)
        );

        Assert.Matches(", row [12]: ", error.Message);
    }

    [Theory]
    [InlineData("UPDATE person SET name = CASE name WHEN 'Ada' THEN 'Bea' ELSE 'Ada' END")]
    [InlineData("UPDATE person SET consent = 'form 9' WHERE name = 'Ada'")]
    [InlineData("UPDATE person SET expires_at = 4102444800000 WHERE name = 'Ada'")]
    public async Task Audit_of_an_encrypted_gallery_notices_even_a_log_that_was_written_anew_without_the_key(string sql)
    {
        using TemporaryGallery file = new();
        EncryptionKey key = EncryptionKey.Generate();
        await using (FaceGallery gallery = await file.CreateAsync(key))
        {
            await EnrolAsync(gallery, "Ada", 1);
            await EnrolAsync(gallery, "Bea", 2);
        }
        file.Execute(sql);
        await WriteLogAnewAsync(file, key);
        await using FaceGallery altered = await file.OpenAsync(new() { Key = key });
        AuditReport report = await altered.AuditAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(report.Problems, problem => problem.Contains("does not have the key", StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.StartsWith("details of person ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gallery_that_was_made_encrypted_is_never_taken_for_a_plain_one()
    {
        using TemporaryGallery file = new();
        EncryptionKey key = EncryptionKey.Generate();
        await using (FaceGallery gallery = await file.CreateAsync(key))
            await EnrolAsync(gallery, "Ada", 1);
        file.Execute("UPDATE gallery SET key_id = NULL, key_check = NULL");

        Assert.Contains(
            "was created encrypted",
            (await Assert.ThrowsAsync<GalleryDamagedException>(() => file.OpenAsync())).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is not encrypted, but a key was given",
            (await Assert.ThrowsAsync<GalleryException>(() => file.OpenAsync(new() { Key = key }))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Encrypted_gallery_of_before_is_sealed_anew_and_bound_to_its_people()
    {
        using TemporaryGallery file = new();
        EncryptionKey key = EncryptionKey.Generate();
        Person ada;
        await using (FaceGallery gallery = await file.CreateAsync(key, keepCrops: true))
            ada = await EnrolAsync(gallery, "Ada", 1);
        MakeOld(file, key);
        await using FaceGallery opened = await file.OpenAsync(new() { Key = key });

        Assert.Equal(
            ada.Id,
            (await opened.IdentifyAsync([Faces.Of(1)], cancellationToken: TestContext.Current.CancellationToken))[0].Match!.Person.Id
        );
        Assert.Equal(Crop, Assert.Single((await opened.ExportAsync(ada.Id, TestContext.Current.CancellationToken)).Crops).Value.ToArray());
        Assert.Equal(AuditAction.Upgraded, (await AuditOfAsync(opened))[^2].Event.Action);
    }

    private static async Task<List<AuditEntry>> AuditOfAsync(FaceGallery gallery)
    {
        List<AuditEntry> entries = [];
        await foreach (AuditEntry entry in gallery.ReadLogAsync(0, TestContext.Current.CancellationToken))
            entries.Add(entry);
        return entries;
    }

    /// <summary>Chains the log anew with the plain digests of what the file holds, as somebody without the key can.</summary>
    private static async Task WriteLogAnewAsync(TemporaryGallery file, EncryptionKey key)
    {
        List<AuditEntry> entries;
        await using (FaceGallery gallery = await file.OpenAsync(new() { Key = key }))
            entries = await AuditOfAsync(gallery);
        AuditHead? head = null;
        file.Execute("DELETE FROM audit");
        using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={file.Path};Pooling=false");
        connection.Open();
        foreach (AuditEntry entry in entries)
        {
            AuditEntry forged = AuditChain.Next(
                head,
                entry.Event with
                {
                    Digest = entry.Event.Digest is null ? null : new string('a', 64),
                }
            );
            SqliteLog.Append(connection, forged with { Seal = entry.Seal });
            head = forged.Head;
        }
    }

    /// <summary>Seals as was done before owners were bound and the log had a secret.</summary>
    private static void MakeOld(TemporaryGallery file, EncryptionKey key)
    {
        PayloadCipher cipher = new(key);
        VectorBytes fresh = new(cipher, Faces.Dimension),
            old = new(cipher, Faces.Dimension, bindsOwner: false);
        using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={file.Path};Pooling=false");
        connection.Open();
        (Guid reference, Guid person, byte[] vector, byte[] crop) = Row();
        connection.Execute(
            "UPDATE reference SET vector = $vector, digest = NULL; UPDATE crop SET png = $crop; UPDATE gallery SET secret = NULL; UPDATE audit "
                + "SET seal = NULL",
            ("$vector", old.Pack(reference, person, fresh.Unpack(reference, person, vector))),
            ("$crop", old.PackCrop(reference, person, fresh.UnpackCrop(reference, person, crop)))
        );

        (Guid, Guid, byte[], byte[]) Row()
        {
            using var command = connection.Command(
                "SELECT r.id, p.id, r.vector, c.png FROM reference r JOIN person p ON p.number = r.person JOIN crop c ON c.reference = r.number"
            );
            using var row = command.ExecuteReader();
            Assert.True(row.Read());
            return (row.Id(0), row.Id(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3));
        }
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
