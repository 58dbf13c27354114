using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    private static GallerySettings WithCohort { get; } = new() { Contract = Faces.Contract with { Cohort = "cohort-1" } };

    [Theory]
    [InlineData(ReferenceFusion.Best)]
    [InlineData(ReferenceFusion.Mean)]
    [InlineData(ReferenceFusion.NormWeighted)]
    public async Task Search_ranks_by_score_where_the_contract_has_a_cohort(ReferenceFusion fusion)
    {
        FaceGallery gallery = await CreateAsync(settings: WithCohort);
        List<(Guid Id, List<FaceReference> References)> people = [];
        for (int i = 0; i < 40; i++)
        {
            // The more alike to everybody, the less a similarity says.
            float baseline = i % 5 * 0.15f;
            Enrolment enrolment = await gallery.EnrolAsync(
                new($"{i}"),
                [
                    Faces.Draft(Faces.Like(i % 8, i) with { Baseline = baseline }),
                    Faces.Draft(Faces.Like(i % 8, i + 100) with { Baseline = baseline + 0.05f }),
                ],
                cancellationToken: Stop
            );
            people.Add((enrolment.Person.Id, [.. enrolment.Added]));
        }
        var probe = Faces.Of(3) with { Baseline = 0.1f };
        Identification answer = (
            await gallery.IdentifyAsync(
                [probe],
                new()
                {
                    Threshold = -1,
                    Fusion = fusion,
                    Candidates = 10,
                },
                Stop
            )
        )[0];
        var expected = people
            .Select(person => (person.Id, Fused: FusedSimilarity.Of(probe.Vector.Span, person.References, fusion)))
            .Select(person => (person.Id, person.Fused.Similarity, Score: person.Fused.Similarity + person.Fused.Bias - 0.05))
            .OrderByDescending(person => person.Score)
            .Take(10)
            .ToArray();

        Assert.Equal(expected.Select(person => person.Id), answer.Candidates.Select(candidate => candidate.Person.Id));
        Assert.All(expected.Zip(answer.Candidates), pair =>
        {
            Assert.Equal(pair.First.Score, pair.Second.Score, SimilarityTolerance);
            Assert.Equal(pair.First.Similarity, pair.Second.Similarity, SimilarityTolerance);
        });
        // By similarity alone the order is another one.
        Assert.NotEqual(
            expected.Select(person => person.Id),
            people
                .Select(person => (person.Id, FusedSimilarity.Of(probe.Vector.Span, person.References, fusion).Similarity))
                .OrderByDescending(person => person.Similarity)
                .Take(10)
                .Select(person => person.Id)
        );
        Assert.Empty((await gallery.AuditAsync(cancellationToken: Stop)).Problems);
    }

    [Fact]
    public async Task Baselines_are_kept_only_where_the_contract_has_a_cohort()
    {
        foreach ((GallerySettings settings, float? expected) in new[] { (Settings, (float?)null), (WithCohort, 0.25f) })
        {
            string address = NewAddress();
            FaceGallery gallery = await CreateAsync(address, settings);
            Enrolment enrolment = await gallery.EnrolAsync(
                new("Ada"),
                [Faces.Draft(Faces.Of(1) with { Baseline = 0.25f })],
                cancellationToken: Stop
            );
            if (Reopens)
                gallery = await ReopenAsync(gallery, address);

            Assert.Equal(settings.Contract.Cohort, gallery.Settings.Contract.Cohort);
            Assert.Equal(expected, (await gallery.ReferencesOfAsync(enrolment.Person.Id, Stop))[0].Baseline);
            if (!Reopens)
                return;
        }
    }
}
