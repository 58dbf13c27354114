using Semblance.Embedding;
using Semblance.Gallery.Identifying;
using Semblance.Matching;

namespace Semblance.Gallery.Conformance;

public abstract partial class GalleryConformance
{
    [Fact]
    public async Task Identification_names_the_enrolled_and_says_unknown_of_strangers()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1, 2),
            bea = await EnrolAsync(gallery, "Bea", 3);
        IReadOnlyList<Identification> answers = await gallery.IdentifyAsync(
            [Faces.Like(2, 1), Faces.Of(3), Faces.Of(99)],
            cancellationToken: Stop
        );

        Assert.Equal(ada.Id, answers[0].Match!.Person.Id);
        Assert.Equal((await gallery.ReferencesOfAsync(ada.Id, Stop))[1].Id, answers[0].Match!.ReferenceId);
        Assert.Equal(Faces.Cosine(Faces.Like(2, 1), Faces.Of(2).Vector.Span), answers[0].Match!.Similarity, SimilarityTolerance);
        Assert.Equal(bea.Id, answers[1].Match!.Person.Id);
        Assert.InRange(answers[1].Match!.Probability!.Value, 0.999, 1);
        Assert.Null(answers[2].Match);
        Assert.StartsWith("best ", answers[2].Unknown, StringComparison.Ordinal);
        Assert.Equal(answers[0].Candidates[0].Similarity - answers[0].Candidates[1].Similarity, answers[0].Margin!.Value, 1e-9);
    }

    [Fact]
    public async Task Threshold_is_that_of_the_rate_shared_by_all_references()
    {
        FaceGallery gallery = await CreateAsync();
        await EnrolAsync(gallery, "Ada", 1, 2, 3);
        await EnrolAsync(gallery, "Bea", 4, 5);
        SearchThreshold best = (await gallery.IdentifyAsync([Faces.Of(1)], new() { FalsePositiveIdentificationRate = 1e-2 }, Stop))[
            0
        ].Threshold;
        SearchThreshold mean = (
            await gallery.IdentifyAsync(
                [Faces.Of(1)],
                new() { FalsePositiveIdentificationRate = 1e-2, Fusion = ReferenceFusion.Mean },
                Stop
            )
        )[0].Threshold;

        double rate = 1 - Math.Pow(1 - 1e-2, 1 / 5.0);
        Assert.Equal((5, ThresholdSource.Calibration), (best.Comparisons, best.Source));
        Assert.Equal(rate, best.FalseMatchRate!.Value, 1e-9);
        Assert.Equal(Faces.Matcher.Thresholds!.ThresholdFor(rate), best.Similarity, 1e-9);
        Assert.Equal(best, mean);
    }

    [Fact]
    public async Task Rate_below_the_calibration_is_taken_from_the_gallerys_own_pairs_or_refused_with_the_smallest()
    {
        FaceGallery gallery = await CreateAsync();
        for (int i = 0; i < 10; i++)
            await EnrolAsync(gallery, $"Person {i}", [.. Enumerable.Range(i * 10, 10)]);
        // 100 references, 4,500 non-mated pairs: three over them is 6.7e-4, the calibration's 1e-4 reaches further.
        UnsupportedRateException refused = await Assert.ThrowsAsync<UnsupportedRateException>(() =>
            gallery.IdentifyAsync([Faces.Of(1)], new() { FalsePositiveIdentificationRate = 1e-3 }, Stop)
        );
        Assert.Equal(1 - Math.Pow(1 - 1e-4, 100), refused.Smallest, 1e-9);
        Assert.Contains("a threshold of your own", refused.Remedy, StringComparison.Ordinal);
        Assert.Contains("the smallest rate supported is 9.96e-3", refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            ThresholdSource.Calibration,
            (await gallery.IdentifyAsync([Faces.Of(1)], new() { FalsePositiveIdentificationRate = 9.96e-3 }, Stop))[0].Threshold.Source
        );
        Assert.Equal(4500, (await gallery.GetStatisticsAsync(Stop)).Counts.NonMatedPairs);

        for (int i = 10; i < 60; i++)
            await EnrolAsync(gallery, $"Person {i}", [.. Enumerable.Range(i * 10, 10)]);
        // 600 references, 177,000 pairs: they support 1.7e-5, so an FPIR of 2e-2 (3.4e-5 a comparison) is possible now.
        SearchThreshold own = (await gallery.IdentifyAsync([Faces.Of(1)], new() { FalsePositiveIdentificationRate = 2e-2 }, Stop))[
            0
        ].Threshold;
        Assert.Equal(ThresholdSource.Gallery, own.Source);
        Assert.True(own.Similarity >= 0.60);
        Assert.Equal(177_000, (await gallery.GetStatisticsAsync(Stop)).Counts.NonMatedPairs);
        Assert.Equal(
            1 - Math.Pow(1 - 3.0 / 177_000, 600),
            (await gallery.GetStatisticsAsync(Stop)).SmallestFalsePositiveIdentificationRate!.Value,
            1e-9
        );
    }

    [Fact]
    public async Task Sample_of_references_spans_the_gallery_without_the_expired()
    {
        await using Storage.IGalleryStore store = await Stores.CreateAsync(NewAddress(), Settings, cancellationToken: Stop);
        FaceGallery gallery = new(store, Options);
        List<Guid> active = [];
        for (int i = 0; i < 30; i++)
        {
            DateTimeOffset? expires = i % 3 == 0 ? Clock.GetUtcNow().AddDays(1) : null;
            Enrolment enrolment = await gallery.EnrolAsync(
                new($"Person {i}") { ExpiresAt = expires },
                [Faces.Draft(Faces.Of(i)), Faces.Draft(Faces.Like(i, 1))],
                cancellationToken: Stop
            );
            if (expires is null)
                active.AddRange(enrolment.Added.Select(reference => reference.Id));
        }
        Clock.Advance(TimeSpan.FromDays(2));
        IReadOnlyList<FaceReference> all = await store.ReadSampleAsync(1000, Clock.GetUtcNow(), Stop),
            some = await store.ReadSampleAsync(10, Clock.GetUtcNow(), Stop);

        Assert.Equal(active, all.Select(reference => reference.Id));
        Assert.InRange(some.Count, 8, 10);
        int[] places = [.. some.Select(reference => active.IndexOf(reference.Id))];
        Assert.DoesNotContain(-1, places);
        // 40 references: every fourth, two more or less at the gaps that the expired leave.
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 2, 6));
        Assert.True(places[0] < 5 && places[^1] > 33);
    }

    [Fact]
    public async Task Own_threshold_and_margin_decide_when_they_are_given()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        await gallery.EnrolAsync(new("Twin"), [Faces.Draft(Faces.Like(1, 1))], cancellationToken: Stop);
        FaceEmbedding probe = Faces.Like(1, 2);
        Identification plain = (await gallery.IdentifyAsync([probe], new() { Threshold = -1 }, Stop))[0];
        Identification strict = (await gallery.IdentifyAsync([probe], new() { Threshold = plain.Candidates[0].Similarity + 1e-4 }, Stop))[
            0
        ];
        Identification exact = (await gallery.IdentifyAsync([probe], new() { Threshold = plain.Candidates[0].Similarity }, Stop))[0];
        Identification wide = (
            await gallery.IdentifyAsync([probe], new() { Threshold = -1, MinimumMargin = plain.Margin!.Value + 1e-4 }, Stop)
        )[0];

        Assert.Equal(ada.Id, plain.Match!.Person.Id);
        Assert.Null(strict.Match);
        Assert.NotNull(exact.Match);
        Assert.Contains("second", wide.Unknown, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => gallery.IdentifyAsync([probe], new() { Threshold = 1.5 }, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            gallery.IdentifyAsync([probe], new() { FalsePositiveIdentificationRate = 0 }, Stop)
        );
        await Assert.ThrowsAsync<ArgumentException>(() => gallery.IdentifyAsync([probe], new() { Candidates = 0 }, Stop));
    }

    [Fact]
    public async Task Candidates_come_by_similarity_and_then_by_id_when_they_tie()
    {
        FaceGallery gallery = await CreateAsync();
        List<Guid> tied = [];
        for (int i = 0; i < 20; i++)
            tied.Add((await EnrolAsync(gallery, $"Same {i}", 1, 1, 1)).Id);
        Person closer = (await gallery.EnrolAsync(new("Closer"), [Faces.Draft(Faces.Like(1, 5))], cancellationToken: Stop)).Person;
        Identification answer = (await gallery.IdentifyAsync([Faces.Like(1, 5)], new() { Threshold = -1, Candidates = 7 }, Stop))[0];

        Assert.Equal([closer.Id, .. tied.Order().Take(6)], answer.Candidates.Select(candidate => candidate.Person.Id));
        FaceReference first = (await gallery.ReferencesOfAsync(tied.Min(), Stop)).MinBy(reference => reference.Id)!;
        Assert.Equal(first.Id, answer.Candidates[1].ReferenceId);
    }

    [Fact]
    public async Task Candidates_are_people_not_references()
    {
        FaceGallery gallery = await CreateAsync();
        Person many = (
            await gallery.EnrolAsync(
                new("Many"),
                [.. Enumerable.Range(0, 100).Select(v => Faces.Draft(Faces.Like(1, v)))],
                cancellationToken: Stop
            )
        ).Person;
        Person few = await EnrolAsync(gallery, "Few", 2);
        Identification answer = (await gallery.IdentifyAsync([Faces.Of(1)], new() { Threshold = 0.3 }, Stop))[0];

        Assert.Equal([many.Id, few.Id], answer.Candidates.Select(candidate => candidate.Person.Id));
    }

    [Theory]
    [InlineData(ReferenceFusion.Mean)]
    [InlineData(ReferenceFusion.NormWeighted)]
    public async Task Fusion_compares_with_the_mean_vector_and_follows_changes(ReferenceFusion fusion)
    {
        FaceGallery gallery = await CreateAsync();
        FaceEmbedding a = Faces.Like(1, 1) with { Norm = 5 },
            b = Faces.Like(1, 2) with { Norm = 20 };
        Person ada = (await gallery.EnrolAsync(new("Ada"), [Faces.Draft(a)], cancellationToken: Stop)).Person;
        IdentifyOptions options = new() { Threshold = -1, Fusion = fusion };
        Assert.Equal(Faces.Cosine(Faces.Of(1), a.Vector.Span), await BestAsync(), SimilarityTolerance);
        await gallery.AddReferencesAsync(ada.Id, [Faces.Draft(b)], Stop);

        (double weightA, double weightB) = fusion == ReferenceFusion.Mean ? (1, 1) : (5, 20);
        double[] sum = [.. Enumerable.Range(0, Faces.Dimension).Select(i => weightA * a.Vector.Span[i] + weightB * b.Vector.Span[i])];
        double expected = sum.Select((value, i) => value * Faces.Of(1).Vector.Span[i]).Sum() / Math.Sqrt(sum.Sum(value => value * value));
        Assert.Equal(expected, await BestAsync(), SimilarityTolerance);
        PersonVerification verified = await gallery.VerifyAsync(Faces.Of(1), ada.Id, new() { Fusion = fusion }, Stop);
        Assert.Equal(expected, verified.Decision.Similarity, SimilarityTolerance);
        await gallery.RemoveReferenceAsync((await gallery.ReferencesOfAsync(ada.Id, Stop))[0].Id, Stop);
        Assert.Equal(Faces.Cosine(Faces.Of(1), b.Vector.Span), await BestAsync(), SimilarityTolerance);

        async Task<double> BestAsync()
        {
            PersonCandidate best = (await gallery.IdentifyAsync([Faces.Of(1)], options, Stop))[0].Match!;
            Assert.Null(best.ReferenceId);
            return best.Similarity;
        }
    }

    [Fact]
    public async Task Verification_shares_the_rate_among_the_persons_references()
    {
        FaceGallery gallery = await CreateAsync();
        Person ada = await EnrolAsync(gallery, "Ada", 1, 2);
        PersonVerification same = await gallery.VerifyAsync(Faces.Like(2, 1), ada.Id, new() { FalseMatchRate = 1e-2 }, Stop);
        PersonVerification different = await gallery.VerifyAsync(Faces.Of(3), ada.Id, new() { FalseMatchRate = 1e-2 }, Stop);

        Assert.True(same.Decision.Match);
        Assert.Equal(Faces.Matcher.Thresholds!.ThresholdFor(0.5e-2), same.Decision.Threshold, 1e-9);
        Assert.Equal(1e-2, same.Decision.FalseMatchRate);
        Assert.Equal((await gallery.ReferencesOfAsync(ada.Id, Stop))[1].Id, same.ReferenceId);
        Assert.False(different.Decision.Match);
        await Assert.ThrowsAsync<PersonNotFoundException>(() => gallery.VerifyAsync(Faces.Of(1), Guid.NewGuid(), cancellationToken: Stop));
    }

    [Fact]
    public async Task Empty_gallery_knows_nobody()
    {
        FaceGallery gallery = await CreateAsync();
        Identification answer = (await gallery.IdentifyAsync([Faces.Of(1)], cancellationToken: Stop))[0];

        Assert.Null(answer.Match);
        Assert.Empty(answer.Candidates);
        Assert.Equal("the gallery is empty", answer.Unknown);
        Assert.Empty(await gallery.IdentifyAsync([], cancellationToken: Stop));
    }

    [Fact]
    public async Task Embedding_of_another_model_is_refused_with_both_names_and_the_way_out()
    {
        string address = NewAddress();
        FaceGallery gallery = await CreateAsync(address);
        Person ada = await EnrolAsync(gallery, "Ada", 1);
        FaceEmbedding foreign = Faces.Of(1) with { Model = "other-embedder", Contract = "other/1" };
        foreach (
            Func<Task> act in new Func<Task>[]
            {
                () => gallery.EnrolAsync(new("Bea"), [Faces.Draft(foreign)], cancellationToken: Stop),
                () => gallery.AddReferencesAsync(ada.Id, [Faces.Draft(foreign)], Stop),
                () => gallery.IdentifyAsync([foreign], cancellationToken: Stop),
                () => gallery.VerifyAsync(foreign, ada.Id, cancellationToken: Stop),
            }
        )
        {
            GalleryContractException refused = await Assert.ThrowsAsync<GalleryContractException>(act);
            Assert.Contains(Faces.Embedder, refused.Message, StringComparison.Ordinal);
            Assert.Contains("other-embedder", refused.Message, StringComparison.Ordinal);
            Assert.Contains("embedder", refused.Remedy, StringComparison.Ordinal);
        }
        Assert.Single(await ListAsync(gallery.ListAsync(Stop)));
        if (!Reopens)
            return;
        await gallery.DisposeAsync();
        await Assert.ThrowsAsync<GalleryContractException>(() =>
            FaceGallery.OpenAsync(
                Stores,
                address,
                options: new() { Matcher = new("other-embedder", "other/1", calibration: null) },
                cancellationToken: Stop
            )
        );
    }
}
