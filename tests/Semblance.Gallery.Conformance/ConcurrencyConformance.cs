using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    /// <summary>People that each of several writers enrols.</summary>
    protected virtual int PeopleAWriter => 25;

    [Fact]
    public async Task Writers_and_readers_at_once_lose_nothing()
    {
        const int Writers = 4;
        FaceGallery gallery = await CreateAsync();
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task reading = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    // Whoever is found is whole: their reference is the one that was enrolled.
                    foreach (
                        PersonCandidate candidate in (
                            await gallery.IdentifyAsync([Faces.Of(0)], new() { Threshold = -1, Candidates = 50 }, Stop)
                        )[0].Candidates
                    )
                        Assert.Equal(
                            Faces.Cosine(Faces.Of(0), Faces.Of(int.Parse(candidate.Person.Name)).Vector.Span),
                            candidate.Similarity,
                            SimilarityTolerance
                        );
                }
            },
            Stop
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(writer =>
                    Task.Run(
                        async () =>
                        {
                            for (int i = 0; i < PeopleAWriter; i++)
                            {
                                int seed = writer * PeopleAWriter + i;
                                Person person = await EnrolAsync(gallery, $"{seed}", seed);
                                Assert.Equal(
                                    person.Id,
                                    (await gallery.IdentifyAsync([Faces.Of(seed)], new() { Threshold = 0.99 }, Stop))[0].Match!.Person.Id
                                );
                                if (i % 5 == 4)
                                    await gallery.RemoveAsync(person.Id, Stop);
                            }
                        },
                        Stop
                    )
                )
        );
        await done.CancelAsync();
        await reading;

        Assert.Equal(Writers * PeopleAWriter * 4 / 5, (await ListAsync(gallery.ListAsync(Stop))).Count);
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task One_name_enrolled_by_many_at_once_is_one_person()
    {
        FaceGallery gallery = await CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(seed => Task.Run(() => EnrolAsync(gallery, "Ada", seed), Stop)));

        Person ada = Assert.Single(await ListAsync(gallery.ListAsync(Stop)));
        Assert.Equal(12, (await gallery.ReferencesOfAsync(ada.Id, Stop)).Count);
    }

    [Fact]
    public async Task Change_through_one_handle_is_seen_through_another()
    {
        Assert.SkipUnless(Shares && Reopens, "the store has one user");
        string address = NewAddress();
        FaceGallery first = await CreateAsync(address),
            second = await OpenAsync(address);
        Person ada = await EnrolAsync(first, "Ada", 1);
        Assert.Equal(ada.Id, (await second.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match!.Person.Id);
        Person bea = await EnrolAsync(second, "Bea", 2);
        Assert.Equal(bea.Id, (await first.IdentifyAsync([Faces.Of(2)], cancellationToken: Stop))[0].Match!.Person.Id);
        await first.RemoveAsync(ada.Id, Stop);
        Assert.Null((await second.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0].Match);
        await second.UpdateAsync(bea.Id, person => person with { ExpiresAt = Clock.GetUtcNow().AddHours(1) }, Stop);
        Clock.Advance(TimeSpan.FromHours(2));

        Assert.Null((await first.IdentifyAsync([Faces.Of(2)], cancellationToken: Stop))[0].Match);
        Assert.Empty((await second.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Gallery_is_created_once()
    {
        Assert.SkipUnless(Reopens, "the store lives in memory");
        string address = NewAddress();
        await CreateAsync(address);

        await Assert.ThrowsAnyAsync<GalleryException>(() => CreateAsync(address));
        await Assert.ThrowsAnyAsync<GalleryException>(() => OpenAsync(NewAddress()));
    }
}
