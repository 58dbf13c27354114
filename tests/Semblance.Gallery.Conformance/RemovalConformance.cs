using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    [Fact]
    public async Task Removed_person_is_found_nowhere()
    {
        string address = NewAddress();
        FaceGallery gallery = await CreateAsync(address);
        Person ada = await EnrolAsync(gallery, "Ada", 1, 2),
            bea = await EnrolAsync(gallery, "Bea", 3);
        await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop);
        await gallery.RemoveAsync(ada.Id, Stop);
        await CheckAsync();
        if (!Reopens)
            return;
        gallery = await ReopenAsync(gallery, address);
        await CheckAsync();

        async Task CheckAsync()
        {
            Identification answer = (await gallery.IdentifyAsync([Faces.Of(1)], new() { Threshold = -1 }, Stop))[0];
            Assert.Equal([bea.Id], answer.Candidates.Select(candidate => candidate.Person.Id));
            Assert.Null(await gallery.FindAsync(ada.Id, Stop));
            Assert.Equal([bea.Id], (await ListAsync(gallery.ListAsync(Stop))).Select(person => person.Id));
            await Assert.ThrowsAsync<PersonNotFoundException>(() => gallery.ReferencesOfAsync(ada.Id, Stop));
            await Assert.ThrowsAsync<PersonNotFoundException>(() => gallery.ExportAsync(ada.Id, Stop));
            await Assert.ThrowsAsync<PersonNotFoundException>(() => gallery.RemoveAsync(ada.Id, Stop));
            Assert.True((await gallery.AuditAsync(cancellationToken: Stop)).IsIntact);
        }
    }

    [Fact]
    public async Task Removed_reference_is_not_found_any_more()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1, 2);
        IReadOnlyList<FaceReference> references = await gallery.ReferencesOfAsync(ada.Id, Stop);
        await gallery.RemoveReferenceAsync(references[0].Id, Stop);
        PersonCandidate best = (await gallery.IdentifyAsync([Faces.Of(1)], new() { Threshold = -1 }, Stop))[0].Candidates[0];

        Assert.Equal(references[1].Id, best.ReferenceId);
        await Assert.ThrowsAsync<ReferenceNotFoundException>(() => gallery.RemoveReferenceAsync(references[0].Id, Stop));
    }

    [Fact]
    public async Task Expired_person_is_not_identified_and_purge_removes_them()
    {
        FaceGallery gallery = await CreateAsync();
        DateTimeOffset end = Clock.GetUtcNow().AddDays(1);
        Person guest = (
            await gallery.EnrolAsync(
                new("Guest") { ExpiresAt = end },
                [Faces.Draft(Faces.Of(1)), Faces.Draft(Faces.Of(2))],
                cancellationToken: Stop
            )
        ).Person;
        Person staff = await EnrolAsync(gallery, "Staff", 3);
        Assert.Equal(guest.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
        Assert.Empty(await gallery.PurgeAsync(Stop));
        Clock.Advance(TimeSpan.FromDays(1));

        foreach (ReferenceFusion fusion in Enum.GetValues<ReferenceFusion>())
        {
            Identification answer = (await gallery.IdentifyAsync([Faces.Of(1)], new() { Threshold = -1, Fusion = fusion }, Stop))[0];
            Assert.Equal([staff.Id], answer.Candidates.Select(candidate => candidate.Person.Id));
        }
        await Assert.ThrowsAsync<PersonNotFoundException>(() => gallery.VerifyAsync(Faces.Of(1), guest.Id, cancellationToken: Stop));
        var counts = (await gallery.GetStatisticsAsync(Stop)).Counts;
        Assert.Equal((2, 1, 1, 2), (counts.People, counts.ExpiredPeople, counts.References, counts.ExpiredReferences));

        AuditEntry purged = Assert.Single(await gallery.PurgeAsync(Stop));
        Assert.Equal((guest.Id, AuditAction.PersonExpired, 2), (purged.Event.PersonId, purged.Event.Action, purged.Event.References));
        Assert.Null(await gallery.FindAsync(guest.Id, Stop));
        Assert.True((await gallery.AuditAsync(purged.Head, Stop)).IsIntact);
    }

    [Fact]
    public async Task Person_who_gets_more_time_is_identified_again()
    {
        FaceGallery gallery = await CreateAsync();
        Person guest = (
            await gallery.EnrolAsync(
                new("Guest") { ExpiresAt = Clock.GetUtcNow().AddDays(1) },
                [Faces.Draft(Faces.Of(1))],
                cancellationToken: Stop
            )
        ).Person;
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Null((await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match);
        await gallery.UpdateAsync(guest.Id, person => person with { ExpiresAt = null }, Stop);

        Assert.Equal(guest.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
    }

    [Fact]
    public async Task Encrypted_gallery_opens_with_its_key_only()
    {
        Assert.SkipUnless(Encrypts, "the store does not encrypt");
        EncryptionKey key = EncryptionKey.Generate(),
            other = EncryptionKey.Generate();
        string address = NewAddress();
        FaceGallery gallery = await CreateAsync(address, Settings with { Encrypted = true, KeepCrops = true }, key);
        Person ada = (
            await gallery.EnrolAsync(new("Ada"), [new(Faces.Of(1)) { Crop = new byte[] { 1, 2 } }], cancellationToken: Stop)
        ).Person;
        Assert.Equal(ada.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
        if (!Reopens)
            return;
        gallery = await ReopenAsync(gallery, address, key);

        Assert.Equal(ada.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
        Assert.Equal([1, 2], Assert.Single((await gallery.ExportAsync(ada.Id, Stop)).Crops).Value.ToArray());
        Assert.Contains(
            other.Id,
            (await Assert.ThrowsAsync<GalleryException>(() => OpenAsync(address, other))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is encrypted with key",
            (await Assert.ThrowsAsync<GalleryKeyException>(() => OpenAsync(address))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Key_rotation_leaves_the_old_key_useless()
    {
        Assert.SkipUnless(Encrypts, "the store does not encrypt");
        EncryptionKey old = EncryptionKey.Generate(),
            fresh = EncryptionKey.Generate();
        string address = NewAddress();
        FaceGallery gallery = await CreateAsync(address, Settings with { Encrypted = true, KeepCrops = true }, old);
        Person ada = (
            await gallery.EnrolAsync(new("Ada"), [new(Faces.Of(1)) { Crop = new byte[] { 1, 2 } }], cancellationToken: Stop)
        ).Person;
        await gallery.RotateKeyAsync(fresh, Stop);
        await EnrolAsync(gallery, "Bea", 2);

        Assert.Equal(ada.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
        if (!Reopens)
            return;
        gallery = await ReopenAsync(gallery, address, fresh);
        Assert.Equal("Bea", (await gallery.IdentifyAsync([Faces.Of(2)], cancellationToken: Stop))[0].Match!.Person.Name);
        Assert.Equal([1, 2], Assert.Single((await gallery.ExportAsync(ada.Id, Stop)).Crops).Value.ToArray());
        Assert.True((await gallery.AuditAsync(cancellationToken: Stop)).IsIntact);
        await Assert.ThrowsAsync<GalleryException>(() => OpenAsync(address, old));
    }
}
