using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Semblance.Gallery.Audit;
using Semblance.Gallery.Conformance;
using Semblance.Gallery.Sqlite;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Tests.Sqlite;

public sealed class SqliteSchemaTests
{
    [Fact]
    public async Task Gallery_of_the_first_version_is_brought_up_to_date_with_all_it_holds()
    {
        using TemporaryGallery file = new();
        Guid person = Guid.CreateVersion7(),
            reference = Guid.CreateVersion7();
        WriteFirstVersion(file, person, reference);
        await using FaceGallery gallery = await file.OpenAsync();
        Enrolment bea = await gallery.EnrolAsync(
            new("Bea"),
            [Faces.Draft(Faces.Of(2))],
            cancellationToken: TestContext.Current.CancellationToken
        );
        var answers = await gallery.IdentifyAsync([Faces.Of(1), Faces.Of(2)], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((person, reference), (answers[0].Match!.Person.Id, answers[0].Match!.ReferenceId!.Value));
        Assert.Equal("v", answers[0].Match!.Person.Metadata["k"]);
        Assert.Equal(bea.Person.Id, answers[1].Match!.Person.Id);
        AuditReport audit = await gallery.AuditAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(audit.Problems);
        // Ada was enrolled before there were digests.
        Assert.Equal(1, audit.Unbound);
        Assert.Equal(1, (await gallery.UpgradeAsync(cancellationToken: TestContext.Current.CancellationToken)).Bound);
        Assert.Equal(0, (await gallery.UpgradeAsync(cancellationToken: TestContext.Current.CancellationToken)).Bound);
        file.Execute("UPDATE person SET name = 'Eve' WHERE name = 'Ada'");
        AuditReport bound = await gallery.AuditAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, bound.Unbound);
        Assert.Contains($"details of person {person}", Assert.Single(bound.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gallery_of_a_newer_version_is_refused()
    {
        using TemporaryGallery file = new();
        await (await file.CreateAsync()).DisposeAsync();
        file.Execute($"PRAGMA user_version = {SqliteSchema.Version + 1}");

        Assert.Contains("newer", (await Assert.ThrowsAsync<GalleryException>(() => file.OpenAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_gallery_is_refused()
    {
        using TemporaryGallery database = new(),
            text = new();
        database.Execute("CREATE TABLE t (x)");
        await File.WriteAllTextAsync(text.Path, new string('x', 5000), TestContext.Current.CancellationToken);

        Assert.Contains(
            "no gallery",
            (await Assert.ThrowsAsync<GalleryException>(() => database.OpenAsync())).Message,
            StringComparison.Ordinal
        );
        await Assert.ThrowsAsync<GalleryException>(() => text.OpenAsync());
    }

    [Fact]
    public async Task Damaged_file_is_named_when_it_is_read()
    {
        using TemporaryGallery file = new();
        await using (FaceGallery gallery = await file.CreateAsync())
            for (int i = 0; i < 100; i++)
                await gallery.EnrolAsync(new($"{i}"), [Faces.Draft(Faces.Of(i))], cancellationToken: TestContext.Current.CancellationToken);
        byte[] bytes = await File.ReadAllBytesAsync(file.Path, TestContext.Current.CancellationToken);
        // The settings lie in the first pages, what is enrolled behind.
        Array.Fill(bytes, (byte)0xA5, bytes.Length / 2, bytes.Length / 2);
        await File.WriteAllBytesAsync(file.Path, bytes, TestContext.Current.CancellationToken);
        GalleryException error = await Assert.ThrowsAsync<GalleryException>(async () =>
        {
            await using FaceGallery damaged = await file.OpenAsync();
            await damaged.IdentifyAsync([Faces.Of(1)], cancellationToken: TestContext.Current.CancellationToken);
        });

        Assert.Contains("people.db", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_where_nothing_can_be_made_is_named()
    {
        using TemporaryGallery file = new();
        await File.WriteAllTextAsync(file.Path, "no folder", TestContext.Current.CancellationToken);
        GalleryException error = await Assert.ThrowsAsync<GalleryException>(() =>
            FaceGallery.CreateAsync(
                TemporaryGallery.Stores,
                file.Address + "/people.db",
                new() { Contract = Faces.Contract },
                cancellationToken: TestContext.Current.CancellationToken
            )
        );

        Assert.Contains("cannot be used as a gallery", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Int8_index_gives_the_answers_of_the_float_index()
    {
        using TemporaryGallery file = new();
        await using FaceGallery floats = await file.CreateAsync();
        for (int i = 0; i < 150; i++)
            await floats.EnrolAsync(
                new($"{i}"),
                [Faces.Draft(Faces.Of(i)), Faces.Draft(Faces.Like(i, 1))],
                cancellationToken: TestContext.Current.CancellationToken
            );
        await using FaceGallery bytes = await file.OpenAsync(new StoreOptions { Precision = IndexPrecision.Int8 });
        for (int i = 0; i < 20; i++)
        {
            var expected = (
                await floats.IdentifyAsync([Faces.Like(i, 2)], new() { Threshold = -1 }, TestContext.Current.CancellationToken)
            )[0].Candidates;
            var actual = (await bytes.IdentifyAsync([Faces.Like(i, 2)], new() { Threshold = -1 }, TestContext.Current.CancellationToken))[
                0
            ].Candidates;

            Assert.Equal(
                expected.Select(c => (c.Person.Id, c.Similarity, c.ReferenceId)),
                actual.Select(c => (c.Person.Id, c.Similarity, c.ReferenceId))
            );
        }
    }

    private static void WriteFirstVersion(TemporaryGallery file, Guid person, Guid reference)
    {
        using SqliteConnection connection = new($"Data Source={file.Path};Pooling=false");
        connection.Open();
        SqliteSchema.Create(connection, version: 1);
        SqliteKeys.InsertSettings(connection, new() { Contract = Faces.Contract }, key: null);
        connection.Execute(
            "INSERT INTO person (id, name, metadata, enrolled_at) VALUES ($id, 'Ada', '{\"k\":\"v\"}', 0)",
            ("$id", person.ToByteArray(bigEndian: true))
        );
        connection.Execute(
            "INSERT INTO reference (id, person, vector, norm, enrolled_at) VALUES ($id, 1, $vector, 10, 0)",
            ("$id", reference.ToByteArray(bigEndian: true)),
            ("$vector", MemoryMarshal.AsBytes(Faces.Of(1).Vector.Span).ToArray())
        );
        AuditEntry created = AuditChain.Next(null, new(DateTimeOffset.UnixEpoch, AuditAction.Created, null, 0, "embedder conformance"));
        AuditEntry enrolled = AuditChain.Next(created.Head, new(DateTimeOffset.UnixEpoch, AuditAction.PersonEnrolled, person, 0, null));
        AuditEntry added = AuditChain.Next(enrolled.Head, new(DateTimeOffset.UnixEpoch, AuditAction.ReferencesAdded, person, 1, null));
        foreach (AuditEntry entry in new[] { created, enrolled, added })
        {
            connection.Execute(
                "INSERT INTO audit VALUES ($sequence, 0, $action, $person, $count, $detail, $previous, $hash); UPDATE gallery SET "
                    + "audit_sequence = $sequence, audit_hash = $hash",
                ("$sequence", entry.Sequence),
                ("$action", entry.Event.Action.ToString()),
                ("$person", entry.Event.PersonId?.ToByteArray(bigEndian: true)),
                ("$count", entry.Event.References),
                ("$detail", entry.Event.Detail),
                ("$previous", entry.PreviousHash),
                ("$hash", entry.Hash)
            );
        }
    }
}
