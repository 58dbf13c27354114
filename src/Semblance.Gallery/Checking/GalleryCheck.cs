using System.Globalization;
using System.Runtime.CompilerServices;
using Semblance.Gallery.Identifying;
using Semblance.Gallery.Storage;
using Semblance.Matching;
using Semblance.Models;

namespace Semblance.Gallery.Checking;

/// <summary>Looks for mistakes of enrolment. Changes nothing.</summary>
/// <param name="gallery">The gallery.</param>
/// <param name="matcher">Thresholds of its embedder.</param>
/// <param name="options">When something counts as wrong.</param>
public sealed class GalleryCheck(FaceGallery gallery, FaceMatcher matcher, CheckOptions? options = null)
{
    /// <summary>References that are searched for at once.</summary>
    private const int Batch = 64;

    private readonly CheckOptions _options = options ?? CheckOptions.Default;

    /// <summary>Checks everybody.</summary>
    /// <param name="progress">Told how many people were checked.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    public async IAsyncEnumerable<Finding> RunAsync(
        IProgress<int>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        DateTimeOffset now = gallery.Clock.GetUtcNow();
        GalleryCounts counts = await gallery.Store.CountAsync(now, cancellationToken).ConfigureAwait(false);
        double same = Table.ThresholdFor(_options.SameRate),
            one = _options.OnePersonSimilarity ?? OnePerson(counts.NonMatedPairs);
        Dictionary<(Guid, Guid), Finding> twoNames = [];
        int done = 0;
        await foreach (Person person in gallery.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (person.IsExpiredAt(now))
                continue;
            IReadOnlyList<FaceReference> references = await gallery
                .Store.ReadReferencesAsync(person.Id, cancellationToken)
                .ConfigureAwait(false);
            foreach (Finding finding in new PersonCheck(person, references).Find(same, _options.DuplicateSimilarity))
                if (!IsDismissed(finding))
                    yield return finding;
            await FindOthersAsync(person, references, one, now, twoNames, cancellationToken).ConfigureAwait(false);
            progress?.Report(++done);
        }
        foreach (Finding finding in twoNames.Values.OrderByDescending(finding => finding.Similarity))
            if (!IsDismissed(finding))
                yield return finding;
    }

    /// <summary>Whether a human has looked at it and found nothing wrong.</summary>
    private static bool IsDismissed(Finding finding) => finding.People.Any(person => person.Dismissed.Contains(finding.Key));

    private ThresholdTable Table =>
        matcher.Thresholds
        ?? throw new ModelException(matcher.Model, "is not calibrated, so nobody can say which references resemble one another")
        {
            IsUncalibrated = true,
            Remedy = "calibrate it",
        };

    /// <summary>One pair among all is expected to be as similar by chance.</summary>
    private double OnePerson(long nonMatedPairs) =>
        Table.ThresholdFor(Math.Clamp(1.0 / Math.Max(1, nonMatedPairs), Table.SmallestRate, Table.LargestRate));

    private static double ScoreOf(PersonHit hit, FaceReference reference) => hit.Rank + FusedSimilarity.BiasOf(reference.Baseline);

    private async Task FindOthersAsync(
        Person person,
        IReadOnlyList<FaceReference> references,
        double threshold,
        DateTimeOffset now,
        Dictionary<(Guid, Guid), Finding> found,
        CancellationToken cancellationToken
    )
    {
        foreach (FaceReference[] batch in references.Chunk(Batch))
        {
            IReadOnlyList<IReadOnlyList<PersonHit>> hits = await gallery
                .Store.SearchAsync(
                    new()
                    {
                        Probes = [.. batch.Select(reference => reference.Vector)],
                        Count = 4,
                        Fusion = ReferenceFusion.Best,
                        Now = now,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
            for (int i = 0; i < batch.Length; i++)
            {
                foreach (PersonHit hit in hits[i].Where(hit => hit.Person.Id != person.Id && ScoreOf(hit, batch[i]) >= threshold))
                {
                    (Guid, Guid) pair = person.Id.CompareTo(hit.Person.Id) < 0 ? (person.Id, hit.Person.Id) : (hit.Person.Id, person.Id);
                    if (found.TryGetValue(pair, out Finding? known) && known.Similarity >= hit.Similarity)
                        continue;
                    Person other = hit.Person;
                    FaceReference? theirs = await gallery
                        .Store.FindReferenceAsync(hit.ReferenceId!.Value, cancellationToken)
                        .ConfigureAwait(false);
                    if (theirs is null)
                        continue;
                    found[pair] = new(
                        FindingKind.OnePersonUnderTwoNames,
                        [person, other],
                        [batch[i], theirs],
                        hit.Similarity,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{person.Name} and {other.Name} may be one person: {PersonCheck.NameOf(batch[i])} and "
                                + $"{PersonCheck.NameOf(theirs)} have similarity {hit.Similarity:0.000}, {threshold:0.000} counts"
                        )
                    );
                }
            }
        }
    }
}
