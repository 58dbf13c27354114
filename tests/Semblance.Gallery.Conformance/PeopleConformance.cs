using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    [Fact]
    public async Task Outside_ids_tags_lock_and_cover_are_read_back_when_the_gallery_is_opened_again()
    {
        string address = NewAddress();
        FaceGallery gallery = await CreateAsync(address);
        Enrolment ada = await gallery.EnrolAsync(
            new("Ada") { ExternalId = "emp-17", Tags = ["staff", "night shift"] },
            [
                new(Faces.Of(1))
                {
                    ExternalId = "photo-1",
                    Tags = ["passport"],
                    Locked = true,
                },
                Faces.Draft(Faces.Of(2)),
            ],
            cancellationToken: Stop
        );
        await gallery.UpdateAsync(
            ada.Person.Id,
            person => person with { Cover = ada.Added[1].Id, Locked = true, Dismissed = ["a:b"] },
            Stop
        );
        if (Reopens)
            gallery = await ReopenAsync(gallery, address);

        Person person = (await gallery.FindByExternalIdAsync("emp-17", Stop))!;
        Assert.Equal((ada.Person.Id, ada.Added[1].Id, true), (person.Id, person.Cover, person.Locked));
        Assert.Equal(["staff", "night shift"], person.Tags);
        Assert.Equal(["a:b"], person.Dismissed);
        FaceReference reference = (await gallery.FindReferenceAsync(ada.Added[0].Id, Stop))!;
        Assert.Equal(("photo-1", true), (reference.ExternalId, reference.Locked));
        Assert.Equal(["passport"], reference.Tags);
        Assert.Null(await gallery.FindByExternalIdAsync("emp-18", Stop));
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Outside_id_names_one_person()
    {
        FaceGallery gallery = await CreateAsync();
        Enrolment first = await gallery.EnrolAsync(new("Ada") { ExternalId = "17" }, [Faces.Draft(Faces.Of(1))], cancellationToken: Stop),
            again =
                await gallery.EnrolAsync(new("Ada Lovelace") { ExternalId = "17" }, [Faces.Draft(Faces.Of(2))], cancellationToken: Stop),
            namesake = await gallery.EnrolAsync(new("Ada") { ExternalId = "18" }, [Faces.Draft(Faces.Of(3))], cancellationToken: Stop);

        Assert.Equal((first.Person.Id, false), (again.Person.Id, again.IsNew));
        Assert.NotEqual(first.Person.Id, namesake.Person.Id);
        await Assert.ThrowsAsync<GalleryConflictException>(() =>
            gallery.UpdateAsync(namesake.Person.Id, person => person with { ExternalId = "17" }, Stop)
        );
        await Assert.ThrowsAsync<GalleryConflictException>(() =>
            gallery.EnrolAsync(new("Bea") { ExternalId = "17" }, [], new() { KnownName = KnownName.AnotherPerson }, Stop)
        );
    }

    [Fact]
    public async Task People_are_listed_page_by_page_with_their_numbers_of_references()
    {
        FaceGallery gallery = await CreateAsync();
        List<Person> people = [];
        for (int i = 0; i < 7; i++)
            people.Add(await EnrolAsync(gallery, i % 2 == 0 ? $"Even {i}" : $"Odd {i}", [.. Enumerable.Range(10 * i, i % 3)]));
        await gallery.UpdateAsync(people[4].Id, person => person with { Tags = ["vip"] }, Stop);

        List<PersonEntry> listed = [];
        Guid? after = null;
        int pages = 0;
        do
        {
            PeoplePage page = await gallery.ListPageAsync(new() { Limit = 3, After = after }, Stop);
            listed.AddRange(page.People);
            after = page.Next;
            // Somebody who was listed goes; nobody else is left out.
            if (++pages == 1)
                await gallery.RemoveAsync(people[0].Id, Stop);
        } while (after is not null);

        Assert.Equal(3, pages);
        Assert.Equal(people.Select(person => person.Id), listed.Select(entry => entry.Person.Id));
        Assert.Equal([0, 1, 2, 0, 1, 2, 0], listed.Select(entry => entry.References));
        Assert.Equal((await gallery.ReferencesOfAsync(people[2].Id, Stop))[0].Id, listed[2].Shown);
        Assert.Null(listed[3].Shown);
        Assert.Equal(
            [people[1].Id, people[3].Id, people[5].Id],
            (await gallery.ListPageAsync(new() { NamePart = "odd" }, Stop)).People.Select(entry => entry.Person.Id)
        );
        Assert.Equal([people[4].Id], (await gallery.ListPageAsync(new() { Tag = "vip" }, Stop)).People.Select(entry => entry.Person.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => gallery.ListPageAsync(new() { Limit = 0 }, Stop));
    }

    [Fact]
    public async Task Moved_reference_is_found_as_the_other_person_from_then_on()
    {
        FaceGallery gallery = await CreateAsync(settings: Settings with { KeepCrops = true });
        Enrolment ada = await gallery.EnrolAsync(
            new("Ada"),
            [new(Faces.Of(1)) { Crop = new byte[] { 1, 2 } }, Faces.Draft(Faces.Of(2))],
            cancellationToken: Stop
        );
        Person bea = await EnrolAsync(gallery, "Bea", 3);
        await gallery.UpdateAsync(ada.Person.Id, person => person with { Cover = ada.Added[0].Id }, Stop);
        Assert.Equal(ada.Person.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
        FaceReference moved = await gallery.MoveReferenceAsync(ada.Added[0].Id, bea.Id, Stop);

        Assert.Equal((bea.Id, true), (moved.PersonId, moved.Locked));
        foreach (Identifying.ReferenceFusion fusion in Enum.GetValues<Identifying.ReferenceFusion>())
            Assert.Equal(bea.Id, (await gallery.IdentifyAsync([Faces.Of(1)], new() { Fusion = fusion }, Stop))[0].Match!.Person.Id);
        Assert.Equal([1, 2], (await gallery.ReadCropAsync(moved.Id, Stop)).ToArray());
        Assert.Null((await gallery.FindAsync(ada.Person.Id, Stop))!.Cover);
        Assert.Equal(
            (1, 2),
            ((await gallery.ReferencesOfAsync(ada.Person.Id, Stop)).Count, (await gallery.ReferencesOfAsync(bea.Id, Stop)).Count)
        );
        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.MoveReferenceAsync(moved.Id, bea.Id, Stop));
        await gallery.MoveReferenceAsync(moved.Id, ada.Person.Id, Stop);
        Assert.Equal(ada.Person.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Merged_people_are_one_with_the_references_of_both()
    {
        FaceGallery gallery = await CreateAsync();
        ReferenceDraft shared = new(Faces.Of(1)) { SourceHash = new string('c', 64) };
        Person ada = (
            await gallery.EnrolAsync(new("Ada") { Tags = ["a"] }, [shared, Faces.Draft(Faces.Of(2))], cancellationToken: Stop)
        ).Person;
        Person other = (
            await gallery.EnrolAsync(
                new("A. Lovelace") { Tags = ["b"], ExternalId = "17" },
                [shared, Faces.Draft(Faces.Of(3))],
                cancellationToken: Stop
            )
        ).Person;
        Person merged = await gallery.MergeAsync(other.Id, ada.Id, Stop);

        Assert.Equal((ada.Id, "Ada", "17"), (merged.Id, merged.Name, merged.ExternalId));
        Assert.Equal(["a", "b"], merged.Tags);
        Assert.Equal(3, (await gallery.ReferencesOfAsync(ada.Id, Stop)).Count);
        Assert.Null(await gallery.FindAsync(other.Id, Stop));
        Assert.Equal(ada.Id, (await gallery.FindByExternalIdAsync("17", Stop))!.Id);
        Assert.Equal(ada.Id, (await gallery.IdentifyAsync([Faces.Of(3)], cancellationToken: Stop))[0].Match!.Person.Id);
        Assert.Equal(AuditAction.PersonMerged, (await gallery.HistoryOfAsync(other.Id, Stop))[^1].Event.Action);
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.MergeAsync(ada.Id, ada.Id, Stop));
        await Assert.ThrowsAsync<PersonNotFoundException>(() => gallery.MergeAsync(other.Id, ada.Id, Stop));
    }

    [Fact]
    public async Task Changes_are_logged_with_who_asked_for_them()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery.As(new("door key", "request-1")), "Ada", 1);
        await gallery.As(new("admin key")).UpdateAsync(ada.Id, person => person with { Name = "Ada L." }, Stop);
        IReadOnlyList<AuditEntry> history = await gallery.HistoryOfAsync(ada.Id, Stop);

        Assert.Equal(
            [("door key", "request-1"), ("door key", "request-1"), ("admin key", null)],
            history.Select(entry => (entry.Event.Actor, entry.Event.Request))
        );
        Assert.Equal(history, (await ListAsync(gallery.ReadLogAsync(1, Stop))).Where(entry => entry.Event.PersonId == ada.Id));
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Reference_changes_only_in_what_a_caller_may_change()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        FaceReference before = (await gallery.ReferencesOfAsync(ada.Id, Stop))[0];
        await gallery.UpdateReferenceAsync(
            before.Id,
            reference => reference with { Tags = ["x"], ExternalId = "7", Norm = 99, PersonId = Guid.Empty },
            Stop
        );
        FaceReference after = (await gallery.FindReferenceAsync(before.Id, Stop))!;

        Assert.Equal((ada.Id, before.Norm, "7"), (after.PersonId, after.Norm, after.ExternalId));
        Assert.Equal(["x"], after.Tags);
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Cover_is_a_reference_of_the_person()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1),
            bea = await EnrolAsync(gallery, "Bea", 2);
        Guid hers = (await gallery.ReferencesOfAsync(bea.Id, Stop))[0].Id;

        await Assert.ThrowsAsync<GalleryConflictException>(() => gallery.UpdateAsync(ada.Id, person => person with { Cover = hers }, Stop));
        await Assert.ThrowsAsync<ReferenceNotFoundException>(() =>
            gallery.UpdateAsync(ada.Id, person => person with { Cover = Guid.NewGuid() }, Stop)
        );
        await gallery.UpdateAsync(bea.Id, person => person with { Cover = hers }, Stop);
        await gallery.RemoveReferenceAsync(hers, Stop);
        Assert.Null((await gallery.FindAsync(bea.Id, Stop))!.Cover);
    }

    [Theory]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u0007b")]
    public async Task Text_that_misleads_whoever_reads_it_is_refused_wherever_it_is_written(string text)
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        foreach (
            PersonDraft draft in (PersonDraft[])
                [
                    new("x") { ConsentReference = text },
                    new("x") { ExternalId = text },
                    new("x") { Tags = [text] },
                    new("x") { Metadata = new Dictionary<string, string> { ["k"] = text } },
                    new("x") { Metadata = new Dictionary<string, string> { [text] = "v" } },
                    new(text),
                ]
        )
            await Assert.ThrowsAsync<GalleryException>(() => gallery.EnrolAsync(draft, [], cancellationToken: Stop));
        await Assert.ThrowsAsync<GalleryException>(() =>
            gallery.UpdateAsync(ada.Id, person => person with { ConsentReference = text }, Stop)
        );
        Assert.Single((await gallery.ListPageAsync(cancellationToken: Stop)).People);
    }

    [Theory]
    [InlineData(100f, 0)]
    [InlineData(0.9f, 0)]
    [InlineData(1f, float.NaN)]
    [InlineData(1f, float.PositiveInfinity)]
    public async Task Vector_that_is_no_embedding_is_refused_as_reference_and_as_probe(float scale, float first)
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        float[] vector = [.. Faces.Of(2).Vector.ToArray().Select(value => value * scale)];
        if (first != 0)
            vector[0] = first;
        Embedding.FaceEmbedding wrong = Faces.Of(2) with { Vector = vector };

        await Assert.ThrowsAsync<GalleryException>(() => gallery.EnrolAsync(new("Eve"), [Faces.Draft(wrong)], cancellationToken: Stop));
        await Assert.ThrowsAsync<GalleryException>(() => gallery.AddReferencesAsync(ada.Id, [Faces.Draft(wrong)], Stop));
        await Assert.ThrowsAsync<GalleryException>(() => gallery.IdentifyAsync([wrong], cancellationToken: Stop));
        await Assert.ThrowsAsync<GalleryException>(() => gallery.VerifyAsync(wrong, ada.Id, cancellationToken: Stop));
        Assert.Equal(ada.Id, (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
    }

    [Fact]
    public async Task Gallery_is_made_once_by_many_who_open_it_for_the_first_time()
    {
        Assert.SkipUnless(Shares && Reopens, "the store has one user");
        string address = NewAddress();
        bool[] made = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    Task.Run(
                        async () =>
                        {
                            (FaceGallery gallery, bool isNew) = await FaceGallery.OpenOrCreateAsync(
                                Stores,
                                address,
                                Settings,
                                null,
                                Options,
                                Stop
                            );
                            await using (gallery)
                                await EnrolAsync(gallery, $"Person {i}", i);
                            return isNew;
                        },
                        Stop
                    )
                )
        );
        FaceGallery opened = await OpenAsync(address);

        Assert.Equal(1, made.Count(isNew => isNew));
        Assert.Equal(6, (await ListAsync(opened.ListAsync(Stop))).Count);
        Assert.Empty((await opened.AuditAsync(cancellationToken: Stop)).Problems);
    }
}
