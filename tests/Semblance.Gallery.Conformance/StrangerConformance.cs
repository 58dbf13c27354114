using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    private static StrangerOptions Strangers { get; } = new() { Threshold = 0.5 };

    [Fact]
    public async Task Strangers_are_kept_in_groups_and_identified_as_nobody()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        IReadOnlyList<StrangerSighting> seen = await gallery.KeepStrangersAsync(
            [Faces.Draft(Faces.Of(5)), Faces.Draft(Faces.Like(5, 1)), Faces.Draft(Faces.Of(6))],
            Strangers,
            Stop
        );

        Assert.Equal([true, false, true], seen.Select(sighting => sighting.IsNew));
        Assert.Equal(seen[0].Person.Id, seen[1].Person.Id);
        foreach (ReferenceFusion fusion in Enum.GetValues<ReferenceFusion>())
            Assert.Equal(
                [ada.Id],
                (await gallery.IdentifyAsync([Faces.Of(5)], new() { Threshold = -1, Fusion = fusion }, Stop))[0]
                    .Candidates.Select(c => c.Person.Id)
            );
        var counts = (await gallery.GetStatisticsAsync(Stop)).Counts;
        Assert.Equal((1, 1, 2), (counts.People, counts.References, counts.Strangers));
        Assert.Equal([ada.Id], (await ListAsync(gallery.ListAsync(Stop))).Select(person => person.Id));
        Assert.Equal(
            [(seen[0].Person.Id, 2), (seen[2].Person.Id, 1)],
            (await gallery.ListPageAsync(new() { Kind = PersonKind.Stranger }, Stop)).People.Select(entry =>
                (entry.Person.Id, entry.References)
            )
        );
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Named_stranger_is_identified()
    {
        FaceGallery gallery = await CreateAsync();
        StrangerSighting seen = (await gallery.KeepStrangersAsync([Faces.Draft(Faces.Of(5))], Strangers, Stop))[0];
        Person bea = await gallery.NameStrangerAsync(seen.Person.Id, new("Bea") { ConsentReference = "form 2" }, Stop);

        Assert.Equal((seen.Person.Id, PersonKind.Known, null), (bea.Id, bea.Kind, bea.ExpiresAt));
        foreach (ReferenceFusion fusion in Enum.GetValues<ReferenceFusion>())
            Assert.Equal(bea.Id, (await gallery.IdentifyAsync([Faces.Of(5)], new() { Fusion = fusion }, Stop))[0].Match!.Person.Id);
        Assert.Empty((await gallery.ListPageAsync(new() { Kind = PersonKind.Stranger }, Stop)).People);
        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.NameStrangerAsync(bea.Id, new("Cleo"), Stop));
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Stranger_who_turns_out_to_be_known_gives_them_their_faces()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        StrangerSighting seen = (await gallery.KeepStrangersAsync([Faces.Draft(Faces.Of(5))], Strangers, Stop))[0];
        await gallery.AddStrangerToAsync(seen.Person.Id, ada.Id, Stop);

        Assert.Equal(ada.Id, (await gallery.IdentifyAsync([Faces.Of(5)], cancellationToken: Stop))[0].Match!.Person.Id);
        Assert.Equal(2, (await gallery.GetStatisticsAsync(Stop)).Counts.References);
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Strangers_are_forgotten_some_time_after_they_were_last_seen()
    {
        FaceGallery gallery = await CreateAsync();
        StrangerOptions day = Strangers with { Lifetime = TimeSpan.FromDays(1) };
        Guid first = (await gallery.KeepStrangersAsync([Faces.Draft(Faces.Of(5))], day, Stop))[0].Person.Id;
        Clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal(first, (await gallery.KeepStrangersAsync([Faces.Draft(Faces.Like(5, 1))], day, Stop))[0].Person.Id);
        Clock.Advance(TimeSpan.FromHours(20));
        Assert.Empty(await gallery.PurgeAsync(Stop));
        Clock.Advance(TimeSpan.FromHours(20));

        Assert.Equal([first], (await gallery.PurgeAsync(Stop)).Select(entry => entry.Event.PersonId!.Value));
        Assert.Equal(0, (await gallery.GetStatisticsAsync(Stop)).Counts.Strangers);
    }

    [Fact]
    public async Task Ignored_stranger_gets_no_further_faces_and_is_told_as_ignored()
    {
        FaceGallery gallery = await CreateAsync();
        StrangerSighting seen = (await gallery.KeepStrangersAsync([Faces.Draft(Faces.Of(5))], Strangers, Stop))[0];
        await gallery.UpdateAsync(seen.Person.Id, person => person with { Kind = PersonKind.Ignored }, Stop);
        StrangerSighting again = (await gallery.KeepStrangersAsync([Faces.Draft(Faces.Like(5, 1))], Strangers, Stop))[0];

        Assert.Equal((seen.Person.Id, PersonKind.Ignored, null), (again.Person.Id, again.Person.Kind, again.Added));
        Assert.Single(await gallery.ReferencesOfAsync(seen.Person.Id, Stop));
    }

    [Fact]
    public async Task Strangers_are_not_kept_where_nobody_is_without_consent()
    {
        FaceGallery gallery = await CreateAsync(settings: Settings with { RequireConsent = true });

        await Assert.ThrowsAsync<ConsentRequiredException>(() => gallery.KeepStrangersAsync([Faces.Draft(Faces.Of(5))], Strangers, Stop));
    }
}
