using Semblance.Gallery.Audit;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    [Fact]
    public async Task Enrolment_is_read_back_whole_when_the_gallery_is_opened_again()
    {
        string address = NewAddress();
        FaceGallery gallery = await CreateAsync(address, Settings with { KeepCrops = true });
        PersonDraft draft = new("Ada")
        {
            Metadata = new Dictionary<string, string> { ["badge"] = "17", ["note"] = "a \"quoted\" word" },
            ConsentReference = "form 4",
            ExpiresAt = Clock.GetUtcNow().AddDays(3),
        };
        ReferenceDraft reference = new(Faces.Of(1))
        {
            Quality = 0.75,
            Source = "ada/1.jpg",
            SourceHash = new string('a', 64),
            Crop = new byte[] { 1, 2, 3 },
        };
        Enrolment enrolment = await gallery.EnrolAsync(draft, [reference], cancellationToken: Stop);
        if (Reopens)
            gallery = await ReopenAsync(gallery, address);

        Person person = (await gallery.FindAsync(enrolment.Person.Id, Stop))!;
        FaceReference read = Assert.Single(await gallery.ReferencesOfAsync(person.Id, Stop));
        Assert.True(enrolment.IsNew);
        Assert.Equal(
            ("Ada", "form 4", draft.ExpiresAt, Clock.GetUtcNow()),
            (person.Name, person.ConsentReference, person.ExpiresAt, person.EnrolledAt)
        );
        Assert.Equal(draft.Metadata.OrderBy(pair => pair.Key), person.Metadata.OrderBy(pair => pair.Key));
        Assert.Equal(Faces.Of(1).Vector.ToArray(), read.Vector.ToArray());
        Assert.Equal(
            (Faces.Of(1).Norm, 0.75, "ada/1.jpg", new string('a', 64), true),
            (read.Norm, read.Quality, read.Source, read.SourceHash, read.HasCrop)
        );
        Assert.Equal(enrolment.Added[0].Id, read.Id);
    }

    [Fact]
    public async Task Enrolment_adds_to_the_person_of_that_name_unless_another_is_asked_for()
    {
        FaceGallery gallery = await CreateAsync();
        Person first = await EnrolAsync(gallery, "Ada", 1);
        Enrolment more = await gallery.EnrolAsync(new("Ada"), [Faces.Draft(Faces.Of(2))], cancellationToken: Stop);
        Enrolment other = await gallery.EnrolAsync(
            new("Ada"),
            [Faces.Draft(Faces.Of(3))],
            new() { KnownName = KnownName.AnotherPerson },
            Stop
        );

        Assert.Equal((first.Id, false), (more.Person.Id, more.IsNew));
        Assert.Equal(2, (await gallery.ReferencesOfAsync(first.Id, Stop)).Count);
        Assert.NotEqual(first.Id, other.Person.Id);
        AmbiguousNameException ambiguous = await Assert.ThrowsAsync<AmbiguousNameException>(() => EnrolAsync(gallery, "Ada", 4));
        Assert.Equal([first.Id, other.Person.Id], ambiguous.Ids);
        await Assert.ThrowsAsync<AmbiguousNameException>(() =>
            gallery.EnrolAsync(new("Ada"), [], new() { KnownName = KnownName.Refuse }, Stop)
        );
        Assert.Equal([first.Id, other.Person.Id], (await gallery.FindByNameAsync("Ada", Stop)).Select(p => p.Id));
        Assert.Empty(await gallery.FindByNameAsync("ada", Stop));
    }

    [Fact]
    public async Task Enrolment_keeps_a_picture_once_for_a_person()
    {
        FaceGallery gallery = await CreateAsync();
        ReferenceDraft picture = new(Faces.Of(1)) { SourceHash = new string('b', 64) };
        Enrolment once = await gallery.EnrolAsync(new("Ada"), [picture, picture], cancellationToken: Stop);
        Enrolment again = await gallery.AddReferencesAsync(once.Person.Id, [picture, Faces.Draft(Faces.Of(2))], Stop);
        Enrolment other = await gallery.EnrolAsync(new("Bea"), [picture], cancellationToken: Stop);

        Assert.Equal((1, 1), (once.Added.Count, once.AlreadyEnrolled.Count));
        Assert.Equal((1, 1), (again.Added.Count, again.AlreadyEnrolled.Count));
        Assert.Single(other.Added);
    }

    [Fact]
    public async Task Enrolment_needs_consent_when_the_gallery_was_created_so()
    {
        FaceGallery gallery = await CreateAsync(settings: Settings with { RequireConsent = true });
        await Assert.ThrowsAsync<ConsentRequiredException>(() => EnrolAsync(gallery, "Ada", 1));
        Enrolment given = await gallery.EnrolAsync(
            new("Ada") { ConsentReference = "form 4" },
            [Faces.Draft(Faces.Of(1))],
            cancellationToken: Stop
        );
        await Assert.ThrowsAsync<ConsentRequiredException>(() =>
            gallery.UpdateAsync(given.Person.Id, person => person with { ConsentReference = " " }, Stop)
        );

        Assert.Equal(1, (await gallery.GetStatisticsAsync(Stop)).Counts.People);
        Assert.Equal("form 4", (await gallery.FindAsync(given.Person.Id, Stop))!.ConsentReference);
    }

    [Fact]
    public async Task Crop_is_kept_only_when_the_gallery_was_created_so()
    {
        byte[] crop = [9, 8, 7];
        FaceGallery without = await CreateAsync(),
            with = await CreateAsync(settings: Settings with { KeepCrops = true });
        foreach ((FaceGallery gallery, int kept) in new[] { (without, 0), (with, 1) })
        {
            Enrolment enrolment = await gallery.EnrolAsync(new("Ada"), [new(Faces.Of(1)) { Crop = crop }], cancellationToken: Stop);
            var export = await gallery.ExportAsync(enrolment.Person.Id, Stop);

            Assert.Equal(kept, export.Crops.Count);
            Assert.All(export.Crops, pair => Assert.Equal(crop, pair.Value.ToArray()));
            Assert.Equal(kept, (await gallery.GetStatisticsAsync(Stop)).Counts.Crops);
        }
    }

    [Fact]
    public async Task Enrolment_that_is_cancelled_leaves_nothing()
    {
        FaceGallery gallery = await CreateAsync();
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            gallery.EnrolAsync(new("Ada"), [Faces.Draft(Faces.Of(1))], cancellationToken: cancelled.Token)
        );

        Assert.Empty(await ListAsync(gallery.ListAsync(Stop)));
        Assert.True((await gallery.AuditAsync(cancellationToken: Stop)).IsIntact);
    }

    [Fact]
    public async Task Update_changes_details_and_keeps_id_time_and_references()
    {
        FaceGallery gallery = await CreateAsync();
        Person before = await EnrolAsync(gallery, "Ada", 1, 2);
        Clock.Advance(TimeSpan.FromHours(1));
        Person after = await gallery.UpdateAsync(
            before.Id,
            person =>
                person with
                {
                    Name = "Ada L.",
                    Metadata = new Dictionary<string, string> { ["k"] = "v" },
                    EnrolledAt = default,
                    Id = Guid.Empty,
                },
            Stop
        );

        Person read = (await gallery.FindAsync(before.Id, Stop))!;
        Assert.Equal(("Ada L.", before.Id, before.EnrolledAt, "v"), (read.Name, after.Id, read.EnrolledAt, read.Metadata["k"]));
        Assert.Equal(2, (await gallery.ReferencesOfAsync(before.Id, Stop)).Count);
        Assert.Empty(await gallery.FindByNameAsync("Ada", Stop));
        await Assert.ThrowsAsync<PersonNotFoundException>(() => gallery.UpdateAsync(Guid.NewGuid(), person => person, Stop));
    }

    [Theory]
    [InlineData("Łukasz Żółć")]
    [InlineData("张伟")]
    [InlineData("עדה")]
    [InlineData("👩‍🚀 Ada")]
    [InlineData("O'Brien; DROP TABLE person; -- \"%_")]
    [InlineData("e\u0301")]
    [InlineData("\u00e9")]
    public async Task Name_is_found_as_it_was_written_in_any_script(string name)
    {
        FaceGallery gallery = await CreateAsync();
        Person person = await EnrolAsync(gallery, name, 1);
        await EnrolAsync(gallery, "Ada", 2);

        Assert.Equal(person.Id, Assert.Single(await gallery.FindByNameAsync(name, Stop)).Id);
        Assert.Equal(name, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    [InlineData("\ud83d")]
    public async Task Name_is_refused_when_it_is_none(string name)
    {
        FaceGallery gallery = await CreateAsync();

        await Assert.ThrowsAsync<GalleryException>(() => EnrolAsync(gallery, name, 1));
    }

    [Fact]
    public async Task Audit_follows_everything_that_happens()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1, 2);
        Guid reference = (await gallery.ReferencesOfAsync(ada.Id, Stop))[0].Id;
        await gallery.RemoveReferenceAsync(reference, Stop);
        await gallery.UpdateAsync(ada.Id, person => person with { Name = "Bea" }, Stop);
        var export = await gallery.ExportAsync(ada.Id, Stop);
        AuditEntry removed = await gallery.RemoveAsync(ada.Id, Stop);

        AuditReport report = await gallery.AuditAsync(removed.Head, Stop);
        Assert.Empty(report.Problems);
        Assert.Equal(7, report.Entries);
        Assert.Equal(
            [
                AuditAction.PersonEnrolled,
                AuditAction.ReferencesAdded,
                AuditAction.ReferencesRemoved,
                AuditAction.PersonUpdated,
                AuditAction.PersonExported,
            ],
            export.History.Select(entry => entry.Event.Action)
        );
        Assert.Equal((ada.Id, AuditAction.PersonRemoved, 1), (removed.Event.PersonId, removed.Event.Action, removed.Event.References));
        Assert.False((await gallery.AuditAsync(removed.Head with { Hash = new string('0', 64) }, Stop)).IsIntact);
    }
}
