using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    private const int Seed = 20310506,
        MostPeople = 60;

    /// <summary>How many operations are compared with the model.</summary>
    protected virtual int RandomOperations => 10_000;

    [Fact]
    public async Task Random_operations_end_as_in_the_model()
    {
        TestContext.Current.SendDiagnosticMessage($"seed {Seed}");
        Random random = new(Seed);
        string address = NewAddress();
        FaceGallery gallery = await CreateAsync(address);
        ModelGallery model = new();
        int faces = 0;
        for (int step = 0; step < RandomOperations; step++)
        {
            int what = random.Next(100);
            if (what < 20 && model.People.Count < MostPeople)
                await EnrolRandomAsync();
            else if (what < 30 && Any() is { } more)
                await AddRandomAsync(more);
            else if (what < 38 && Any() is { } gone)
                await RemoveRandomAsync(gone);
            else if (what < 44 && Any() is { } fewer)
                await RemoveReferenceRandomAsync(fewer);
            else if (what < 49 && Any() is { } changed)
                await UpdateRandomAsync(changed);
            else if (what < 52)
                Clock.Advance(TimeSpan.FromMinutes(random.Next(60)));
            else if (what < 53)
                await PurgeRandomAsync();
            else if (what < 54 && step % 10 == 0 && Reopens)
                gallery = await ReopenAsync(gallery, address);
            else if (what < 60)
                await CompareListAsync();
            else
                await CompareSearchAsync();
        }
        await CompareListAsync();
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);

        Guid? Any() => model.People.Count == 0 ? null : model.People.Keys.ElementAt(random.Next(model.People.Count));

        ReferenceDraft[] RandomFaces(int least) =>
            [.. Enumerable.Range(0, random.Next(least, 4)).Select(_ => Faces.Draft(Faces.Like(random.Next(80), faces++)))];

        async Task EnrolRandomAsync()
        {
            PersonDraft draft = new($"Person {faces}")
            {
                ExpiresAt = random.Next(4) == 0 ? Clock.GetUtcNow().AddMinutes(random.Next(1, 600)) : null,
            };
            Enrolment enrolment = await gallery.EnrolAsync(draft, RandomFaces(0), new() { KnownName = KnownName.AnotherPerson }, Stop);
            model.People.Add(enrolment.Person.Id, (enrolment.Person, [.. enrolment.Added]));
        }

        async Task AddRandomAsync(Guid id)
        {
            ReferenceDraft[] drafts = RandomFaces(1);
            if (model.People[id].Person.IsExpiredAt(Clock.GetUtcNow()))
                await Assert.ThrowsAsync<GalleryException>(() => gallery.AddReferencesAsync(id, drafts, Stop));
            else
                model.People[id].References.AddRange((await gallery.AddReferencesAsync(id, drafts, Stop)).Added);
        }

        async Task RemoveRandomAsync(Guid id)
        {
            await gallery.RemoveAsync(id, Stop);
            model.People.Remove(id);
        }

        async Task RemoveReferenceRandomAsync(Guid id)
        {
            List<FaceReference> held = model.People[id].References;
            if (held.Count == 0)
                return;
            FaceReference removed = held[random.Next(held.Count)];
            await gallery.RemoveReferenceAsync(removed.Id, Stop);
            held.Remove(removed);
        }

        async Task UpdateRandomAsync(Guid id)
        {
            DateTimeOffset? expires = random.Next(2) == 0 ? null : Clock.GetUtcNow().AddMinutes(random.Next(-10, 600));
            Person updated = await gallery.UpdateAsync(id, person => person with { ExpiresAt = expires, Name = person.Name + "'" }, Stop);
            model.People[id] = (updated, model.People[id].References);
            if (updated.Name.Length > 150)
                await RemoveRandomAsync(id);
        }

        async Task PurgeRandomAsync()
        {
            Guid[] expired =
            [
                .. model.People.Values.Where(held => held.Person.IsExpiredAt(Clock.GetUtcNow())).Select(held => held.Person.Id),
            ];
            Assert.Equal(expired, (await gallery.PurgeAsync(Stop)).Select(entry => entry.Event.PersonId!.Value).Order());
            foreach (Guid id in expired)
                model.People.Remove(id);
        }

        async Task CompareListAsync()
        {
            Assert.Equal(model.People.Keys, (await ListAsync(gallery.ListAsync(Stop))).Select(person => person.Id));
            if (Any() is not { } id)
                return;
            Assert.Equal(model.People[id].Person.Name, (await gallery.FindAsync(id, Stop))!.Name);
            Assert.Equal(
                model.People[id].References.Select(r => r.Id).Order(),
                (await gallery.ReferencesOfAsync(id, Stop)).Select(r => r.Id)
            );
        }

        async Task CompareSearchAsync()
        {
            ReferenceFusion fusion = (ReferenceFusion)random.Next(3);
            var probe = Faces.Of(random.Next(80));
            int count = random.Next(1, 8);
            var answer = (
                await gallery.IdentifyAsync(
                    [probe],
                    new()
                    {
                        Threshold = -1,
                        Fusion = fusion,
                        Candidates = count,
                    },
                    Stop
                )
            )[0].Candidates;
            var expected = model.Rank(probe, fusion, Clock.GetUtcNow());
            Assert.Equal(Math.Min(count, expected.Count), answer.Count);
            for (int i = 0; i < answer.Count; i++)
            {
                // People who are as similar to six digits may change places.
                Assert.Equal(expected[i].Similarity, answer[i].Similarity, SimilarityTolerance);
                Assert.Equal(
                    expected.Single(ranked => ranked.Person == answer[i].Person.Id).Similarity,
                    answer[i].Similarity,
                    SimilarityTolerance
                );
            }
        }
    }
}
