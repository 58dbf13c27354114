using Semblance.Gallery.Audit;
using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    [Fact]
    public async Task Changed_details_come_back_when_the_change_is_undone()
    {
        FaceGallery gallery = await CreateUndoableAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        Assert.Null(await gallery.FindUndoableAsync(ada.Id, Stop));
        await gallery.UpdateAsync(
            ada.Id,
            person => person with { Name = "Bea", Tags = ["x"], ExternalId = "7", ExpiresAt = Clock.GetUtcNow().AddDays(3) },
            Stop
        );
        AuditEntry change = (await gallery.FindUndoableAsync(ada.Id, Stop))!;
        Assert.Equal(AuditAction.PersonUpdated, change.Event.Action);
        UndoneChange undone = await gallery.As(new("a key", "a request")).UndoAsync(change.Sequence, Stop);

        Person now = (await gallery.FindAsync(ada.Id, Stop))!;
        Assert.Equal(("Ada", null, null), (now.Name, now.ExternalId, now.ExpiresAt));
        Assert.Empty(now.Tags);
        Assert.Equal(ada.Id, Assert.Single(undone.People).Id);
        AuditEntry logged = (await gallery.HistoryOfAsync(ada.Id, Stop))[^1];
        Assert.Equal(
            (AuditAction.Undone, "a key", "a request", $"entry {change.Sequence}"),
            (logged.Event.Action, logged.Event.Actor, logged.Event.Request, logged.Event.Detail)
        );
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
        // Nor is an undoing undone, or a change undone twice.
        Assert.Null(await gallery.FindUndoableAsync(ada.Id, Stop));
        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UndoAsync(change.Sequence, Stop));
        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UndoAsync(logged.Sequence, Stop));
    }

    [Fact]
    public async Task Moved_reference_goes_back_with_crop_cover_and_lock_when_the_move_is_undone()
    {
        FaceGallery gallery = await CreateUndoableAsync(Settings with { KeepCrops = true });
        Enrolment ada = await gallery.EnrolAsync(
            new("Ada"),
            [new(Faces.Of(1)) { Crop = new byte[] { 1, 2 } }, Faces.Draft(Faces.Of(2))],
            cancellationToken: Stop
        );
        Person bea = await EnrolAsync(gallery, "Bea", 3);
        await gallery.UpdateAsync(ada.Person.Id, person => person with { Cover = ada.Added[0].Id }, Stop);
        await gallery.MoveReferenceAsync(ada.Added[0].Id, bea.Id, Stop);
        await gallery.UndoAsync((await gallery.FindUndoableAsync(bea.Id, Stop))!.Sequence, Stop);

        FaceReference back = (await gallery.FindReferenceAsync(ada.Added[0].Id, Stop))!;
        Assert.Equal((ada.Person.Id, false), (back.PersonId, back.Locked));
        Assert.Equal([1, 2], (await gallery.ReadCropAsync(back.Id, Stop)).ToArray());
        Assert.Equal(back.Id, (await gallery.FindAsync(ada.Person.Id, Stop))!.Cover);
        foreach (ReferenceFusion fusion in Enum.GetValues<ReferenceFusion>())
            Assert.Equal(ada.Person.Id, (await gallery.IdentifyAsync([Faces.Of(1)], new() { Fusion = fusion }, Stop))[0].Match!.Person.Id);
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Merged_people_are_two_again_when_the_merge_is_undone()
    {
        FaceGallery gallery = await CreateUndoableAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1, 2);
        Person bea = (
            await gallery.EnrolAsync(
                new("Bea")
                {
                    Tags = ["b"],
                    ExternalId = "17",
                    ConsentReference = "form 3",
                },
                [Faces.Draft(Faces.Of(3)), Faces.Draft(Faces.Of(4))],
                cancellationToken: Stop
            )
        ).Person;
        await gallery.MergeAsync(bea.Id, ada.Id, Stop);
        await gallery.UndoAsync((await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence, Stop);

        Person again = (await gallery.FindByExternalIdAsync("17", Stop))!;
        Assert.Equal((bea.Id, "Bea", "form 3", bea.EnrolledAt), (again.Id, again.Name, again.ConsentReference, again.EnrolledAt));
        Assert.Equal(["b"], again.Tags);
        Person first = (await gallery.FindAsync(ada.Id, Stop))!;
        Assert.Null(first.ExternalId);
        Assert.Empty(first.Tags);
        foreach ((int face, Guid who) in (IEnumerable<(int, Guid)>)[(1, ada.Id), (2, ada.Id), (3, bea.Id), (4, bea.Id)])
            Assert.Equal(who, (await gallery.IdentifyAsync([Faces.Of(face)], cancellationToken: Stop))[0].Match!.Person.Id);
        Assert.Contains(AuditAction.PersonReturned, (await gallery.HistoryOfAsync(bea.Id, Stop)).Select(entry => entry.Event.Action));
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task What_was_removed_never_comes_back()
    {
        FaceGallery gallery = await CreateUndoableAsync();
        ReferenceDraft shared = new(Faces.Of(1)) { SourceHash = new string('c', 64) };
        Person ada = (await gallery.EnrolAsync(new("Ada"), [shared, Faces.Draft(Faces.Of(2))], cancellationToken: Stop)).Person,
            bea = (await gallery.EnrolAsync(new("Bea"), [shared, Faces.Draft(Faces.Of(3))], cancellationToken: Stop)).Person;
        AuditEntry reference = await gallery.RemoveReferenceAsync((await gallery.ReferencesOfAsync(ada.Id, Stop))[1].Id, Stop);
        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UndoAsync(reference.Sequence, Stop));
        await gallery.MergeAsync(bea.Id, ada.Id, Stop);
        // The picture that both had was removed once.
        Assert.Null(await gallery.FindUndoableAsync(ada.Id, Stop));
        await gallery.UpdateAsync(ada.Id, person => person with { Name = "Cleo" }, Stop);
        AuditEntry renamed = (await gallery.FindUndoableAsync(ada.Id, Stop))!,
            removed = await gallery.RemoveAsync(ada.Id, Stop);

        foreach (AuditEntry entry in (AuditEntry[])[renamed, removed])
            await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UndoAsync(entry.Sequence, Stop));
        Assert.Empty(await ListAsync(gallery.ListAsync(Stop)));
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task What_was_decided_later_is_not_overruled_by_undoing_what_was_before()
    {
        FaceGallery gallery = await CreateUndoableAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        await gallery.UpdateAsync(ada.Id, person => person with { Name = "Bea" }, Stop);
        long renamed = (await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence;
        await gallery.UpdateAsync(ada.Id, person => person with { Locked = true }, Stop);
        long locked = (await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence;

        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UndoAsync(renamed, Stop));
        Assert.Equal(("Bea", true), await NowAsync());
        await gallery.UndoAsync(locked, Stop);
        Assert.Equal(("Bea", false), await NowAsync());
        // What was later is undone, so what was before it can be.
        await gallery.UndoAsync(renamed, Stop);
        Assert.Equal(("Ada", false), await NowAsync());

        async Task<(string, bool)> NowAsync()
        {
            Person now = (await gallery.FindAsync(ada.Id, Stop))!;
            return (now.Name, now.Locked);
        }
    }

    [Fact]
    public async Task Outside_id_that_somebody_else_has_by_now_stays_theirs()
    {
        FaceGallery gallery = await CreateUndoableAsync();
        Person ada = (await gallery.EnrolAsync(new("Ada") { ExternalId = "7" }, [], cancellationToken: Stop)).Person;
        await gallery.UpdateAsync(ada.Id, person => person with { ExternalId = null }, Stop);
        long entry = (await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence;
        Person bea = (await gallery.EnrolAsync(new("Bea") { ExternalId = "7" }, [], cancellationToken: Stop)).Person;

        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UndoAsync(entry, Stop));
        Assert.Equal(bea.Id, (await gallery.FindByExternalIdAsync("7", Stop))!.Id);
    }

    [Fact]
    public async Task Change_is_undone_once_by_many_at_once_and_not_after_a_day()
    {
        FaceGallery gallery = await CreateUndoableAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        await gallery.UpdateAsync(ada.Id, person => person with { Name = "Bea" }, Stop);
        long entry = (await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence;
        bool[] done = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    try
                    {
                        await gallery.UndoAsync(entry, Stop);
                        return true;
                    }
                    catch (GalleryConflictException)
                    {
                        return false;
                    }
                })
        );
        Assert.Single(done, true);

        await gallery.UpdateAsync(ada.Id, person => person with { Name = "Cleo" }, Stop);
        entry = (await gallery.FindUndoableAsync(ada.Id, Stop))!.Sequence;
        Clock.Advance(TimeSpan.FromHours(25));
        Assert.Null(await gallery.FindUndoableAsync(ada.Id, Stop));
        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UndoAsync(entry, Stop));
    }

    [Fact]
    public async Task Named_stranger_is_a_stranger_again_when_the_naming_is_undone()
    {
        FaceGallery gallery = await CreateUndoableAsync();
        StrangerSighting seen = (await gallery.KeepStrangersAsync([Faces.Draft(Faces.Of(1))], Strangers, Stop))[0];
        await gallery.NameStrangerAsync(seen.Person.Id, new("Ada"), Stop);
        UndoneChange undone = await gallery.UndoAsync((await gallery.FindUndoableAsync(seen.Person.Id, Stop))!.Sequence, Stop);

        Assert.Empty(undone.People);
        Assert.Equal(PersonKind.Stranger, (await gallery.FindAsync(seen.Person.Id, Stop))!.Kind);
        Assert.Null((await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match);
    }

    private Task<FaceGallery> CreateUndoableAsync(GallerySettings? settings = null)
    {
        Assert.SkipUnless(KeepsNotes, "the store keeps no notes");
        return CreateAsync(settings: settings);
    }
}
