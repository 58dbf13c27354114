using Semblance.Embedding;
using Semblance.Gallery.Search;
using Semblance.Gallery.Storage;
using Semblance.Matching;

namespace Semblance.Gallery.Identifying;

/// <summary>Searches a store and decides.</summary>
internal sealed class PersonSearcher(IGalleryStore store, GalleryOptions options, SearchThresholds thresholds)
{
    public async Task<IReadOnlyList<Identification>> IdentifyAsync(
        IReadOnlyList<FaceEmbedding> probes,
        IdentifyOptions how,
        CancellationToken cancellationToken
    )
    {
        how.Validate();
        DateTimeOffset now = options.Clock.GetUtcNow();
        GalleryCounts counts = await store.CountAsync(now, cancellationToken).ConfigureAwait(false);
        SearchThreshold threshold = await thresholds.FindAsync(how, counts, cancellationToken).ConfigureAwait(false);
        if (probes.Count == 0)
            return [];
        // The second person is needed for the margin, even where one candidate is asked for.
        IReadOnlyList<IReadOnlyList<PersonHit>> hits = await store
            .SearchAsync(
                new()
                {
                    Probes = [.. probes.Select(probe => probe.Vector)],
                    Count = Math.Max(2, how.Candidates),
                    Fusion = how.Fusion,
                    Now = now,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (PersonHit hit in hits.SelectMany(list => list))
            CheckPossible(hit);
        return [.. hits.Select((list, i) => Decide(list, probes[i], how, threshold, counts.ActivePeople))];
    }

    public async Task<PersonVerification> VerifyAsync(
        FaceEmbedding probe,
        Guid personId,
        PersonVerificationOptions how,
        CancellationToken cancellationToken
    )
    {
        Person person = await store.FindPersonAsync(personId, cancellationToken).ConfigureAwait(false)
            ?? throw new PersonNotFoundException(store.Address, personId.ToString());
        IReadOnlyList<FaceReference> references = await store.ReadReferencesAsync(personId, cancellationToken).ConfigureAwait(false);
        if (references.Count == 0 || person.IsExpiredAt(options.Clock.GetUtcNow()))
            throw new PersonNotFoundException(store.Address, person);
        (double similarity, double bias, Guid? reference) = FusedSimilarity.Of(probe.Vector.Span, references, how.Fusion);
        CheckPossible(new(person, similarity, bias, reference));
        // With several comparisons each may only take its share of the rate.
        int comparisons = how.Fusion == ReferenceFusion.Best ? references.Count : 1;
        MatchOptions match = new() { Threshold = how.Threshold, FalseMatchRate = how.FalseMatchRate / comparisons };
        FaceMatcher matcher = options.Matcher
            ?? new FaceMatcher(store.Settings.Contract.Embedder, store.Settings.Contract.Contract, calibration: null);
        if (
            how.Threshold is null
            && comparisons > 1
            && matcher.Thresholds?.SmallestRate is { } smallest
            && match.FalseMatchRate < smallest * (1 - 1e-9)
        )
            throw Unsupported(how.FalseMatchRate, comparisons, smallest);
        MatchDecision decision = matcher.Decide(
            new FaceComparison(Math.Clamp(similarity, -1, 1), similarity + bias + Half(probe), probe.Norm),
            match
        );
        return new(person, decision.FalseMatchRate is null ? decision : decision with { FalseMatchRate = how.FalseMatchRate }, reference);
    }

    private UnsupportedRateException Unsupported(double asked, int comparisons, double smallest) =>
        new(
            $"a false match rate of {asked:0.###e+0}, shared among {comparisons} references, is below what the calibration of "
                + $"'{store.Settings.Contract.Embedder}' supports; the smallest is {RateText.RoundedUp(comparisons * smallest)}, "
                + $"{comparisons}-fold below that with references fused by their mean",
            asked,
            comparisons * smallest,
            1,
            inner: null
        )
        {
            SharedAmong = comparisons,
            Remedy = "fuse the references by their mean, or for a stricter comparison give a threshold of your own",
        };

    /// <summary>The probe's part of a score.</summary>
    private double Half(FaceEmbedding probe) => store.Settings.Contract.Cohort is null ? 0 : FusedSimilarity.BiasOf(probe.Baseline);

    /// <summary>Unit vectors have no larger cosine; a store that altered ones lie in gives one.</summary>
    /// <exception cref="GalleryDamagedException">The similarity is impossible.</exception>
    private void CheckPossible(PersonHit hit)
    {
        if (hit.Similarity <= UnitVectors.LargestCosine)
            return;
        throw new GalleryDamagedException(
            store.Address,
            hit.ReferenceId is { } reference ? $"reference {reference}" : $"a reference of person {hit.Person.Id}",
            FormattableString.Invariant($"a cosine of {hit.Similarity:0.####} is impossible for unit vectors")
        );
    }

    /// <summary>
    /// The threshold of the calibration at the probe's quality, and why a no would say nothing. The references have passed the gate of
    /// enrolment, so that the probe's quality alone decides; else the best score could miss its threshold and the second pass.
    /// </summary>
    private (SearchThreshold Threshold, string? CannotTell) ForProbe(SearchThreshold asked, FaceEmbedding probe)
    {
        if (asked.FalseMatchRate is not { } rate || options.Matcher is not { Thresholds: { } table } matcher)
            return (asked, null);
        rate = Math.Clamp(rate, table.SmallestRate, table.LargestRate);
        if (matcher.ThresholdFor(rate, probe.Norm) is not { } threshold)
            return (asked with { Similarity = 2 }, CannotTellReasons.OfNorm(probe, matcher.SmallestNormFor(rate)));
        double shown = Math.Max(threshold, asked.Similarity),
            needed = shown - 2 * Half(probe);
        return (
            asked with
            {
                Similarity = shown,
            },
            needed > matcher.UsualSimilarity ? CannotTellReasons.OfLikeness(needed, matcher.UsualSimilarity) : null
        );
    }

    private Identification Decide(
        IReadOnlyList<PersonHit> hits,
        FaceEmbedding probe,
        IdentifyOptions how,
        SearchThreshold asked,
        long enrolled
    )
    {
        double half = Half(probe);
        (SearchThreshold threshold, string? cannotTell) = ForProbe(asked, probe);
        double[] odds =
        [
            .. hits.Select(hit =>
                options.Matcher?.ProbabilityOf(hit.Rank + half, probe.Norm) is { } p ? p / Math.Max(1 - p, 1e-12) / enrolled : double.NaN
            ),
        ];
        double all = 1 + odds.Sum();
        PersonCandidate[] candidates =
        [
            .. hits.Select(
                (hit, i) =>
                    new PersonCandidate(hit.Person, hit.Similarity, double.IsNaN(odds[i]) ? null : odds[i] / all, hit.ReferenceId)
                    {
                        Score = hit.Rank + half,
                    }
            ),
        ];
        double? margin = hits.Count > 1 ? hits[0].Rank - hits[1].Rank : null;
        string? unknown =
            hits.Count == 0 ? "the gallery is empty"
            : !(candidates[0].Score >= threshold.Similarity)
                ? FormattableString.Invariant($"best {candidates[0].Score:0.00##}, threshold {threshold.Similarity:0.00##}")
            : margin < how.MinimumMargin
                ? FormattableString.Invariant(
                    $"best {candidates[0].Score:0.00##}, but the second is as close as {margin:0.00##}, margin {how.MinimumMargin:0.00##}"
                )
            : null;
        return new()
        {
            Match = unknown is null ? candidates[0] : null,
            Candidates = [.. candidates.Take(how.Candidates)],
            Threshold = threshold,
            Margin = margin,
            Unknown = cannotTell is null || hits.Count == 0 ? unknown : null,
            CannotTell = unknown is null || hits.Count == 0 ? null : cannotTell,
        };
    }
}
