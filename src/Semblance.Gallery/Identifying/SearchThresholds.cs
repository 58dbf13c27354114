using Semblance.Gallery.Audit;
using Semblance.Gallery.Storage;
using Semblance.Matching;
using static System.FormattableString;

namespace Semblance.Gallery.Identifying;

/// <summary>
/// The threshold of a search: from the embedder's calibration where it reaches the rate, else from the gallery's own non-mated pairs, else
/// none. Thread-safe.
/// </summary>
internal sealed class SearchThresholds(IGalleryStore store, GalleryOptions options) : IDisposable
{
    /// <summary>More references would take minutes to compare; a sample at even distances of the order of enrolment measures as
    /// well.</summary>
    private const int LargestSample = 25_000;

    /// <summary>Galleries up to this many references are measured again after every change, larger ones when their pairs have changed by a
    /// twentieth.</summary>
    private const int AlwaysMeasured = 4096;

    /// <summary>Rounded up for people, what lies above would be 1, which is no rate.</summary>
    private const double LargestWorthNaming = 0.999;

    private readonly FaceMatcher? _matcher = options.Matcher;
    private readonly SemaphoreSlim _measuring = new(1, 1);
    private Measurement? _measured;

    /// <summary>Finds the threshold.</summary>
    /// <param name="how">Rate or own threshold.</param>
    /// <param name="counts">How much the gallery holds.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UnsupportedRateException">Neither supports the rate.</exception>
    public async Task<SearchThreshold> FindAsync(IdentifyOptions how, GalleryCounts counts, CancellationToken cancellationToken)
    {
        long comparisons = counts.References;
        if (how.Threshold is { } own)
            return new(own, comparisons, null, null, ThresholdSource.Own);
        double fpir = how.FalsePositiveIdentificationRate,
            fmr = SearchRate.FalseMatchRateOf(fpir, Math.Max(1, comparisons));
        if (_matcher?.Thresholds is { } table && fmr >= table.SmallestRate * (1 - 1e-9))
        {
            // A rate above the table is kept by the threshold of its largest one.
            return new(table.ThresholdFor(Math.Min(fmr, table.LargestRate)), comparisons, fpir, fmr, ThresholdSource.Calibration);
        }
        NonMatedPairs pairs = await MeasureAsync(counts, cancellationToken).ConfigureAwait(false);
        if (pairs.ThresholdFor(fmr) is not { } measured)
            throw Unsupported(fpir, Math.Max(1, comparisons), pairs);
        double floor = _matcher?.Thresholds?.ThresholdFor(_matcher.Thresholds.SmallestRate) ?? -1;
        return new(Math.Max(measured, floor), comparisons, fpir, fmr, ThresholdSource.Gallery);
    }

    /// <summary>The smallest rate of a search that the calibration or so many non-mated pairs support; null when neither supports
    /// any.</summary>
    public double? SmallestSupported(long comparisons, long nonMatedPairs) =>
        SmallestSupported(comparisons, NonMatedPairs.SmallestRate(nonMatedPairs));

    /// <summary>Non-mated pairs that would be compared: all, or those of the sample.</summary>
    public static long ComparedPairs(GalleryCounts counts)
    {
        if (counts.References <= LargestSample)
            return counts.NonMatedPairs;
        double fraction = (double)LargestSample / counts.References;
        return (long)(counts.NonMatedPairs * fraction * fraction);
    }

    public void Dispose() => _measuring.Dispose();

    private double? SmallestSupported(long comparisons, double? own)
    {
        double? calibrated = _matcher?.Thresholds?.SmallestRate;
        double? smallest =
            own is null ? calibrated
            : calibrated is null ? own
            : Math.Min(own.Value, calibrated.Value);
        return smallest is { } rate ? SearchRate.FalsePositiveIdentificationRateOf(rate, Math.Max(1, comparisons)) : null;
    }

    private async Task<NonMatedPairs> MeasureAsync(GalleryCounts counts, CancellationToken cancellationToken)
    {
        await _measuring.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            AuditHead? head = await store.ReadAuditHeadAsync(cancellationToken).ConfigureAwait(false);
            if (_measured is { } last && last.Serves(head, counts))
                return last.Pairs;
            IReadOnlyList<FaceReference> sample = await store
                .ReadSampleAsync(LargestSample, options.Clock.GetUtcNow(), cancellationToken)
                .ConfigureAwait(false);
            NonMatedPairs pairs = await Task.Run(
                    () => NonMatedPairs.Compare(sample, options.Progress, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            _measured = new(head, counts, pairs);
            return pairs;
        }
        finally
        {
            _measuring.Release();
        }
    }

    private UnsupportedRateException Unsupported(double fpir, long comparisons, NonMatedPairs pairs)
    {
        double? smallest = SmallestSupported(comparisons, pairs.SmallestWithThreshold);
        string asked =
            Invariant(
                $"a false positive identification rate of {fpir:0.###e+0} among {comparisons} references of {store.Address} needs a false "
            )
            + $"match rate of "
            + Invariant($"{SearchRate.FalseMatchRateOf(fpir, comparisons):0.###e+0}, which neither the calibration of ")
            + $"'{store.Settings.Contract.Embedder}' nor the gallery's own {pairs.Count} pairs of different people support";
        string smallestText =
            smallest < LargestWorthNaming ? $"the smallest rate supported is {RateText.RoundedUp(smallest.Value)}" : "no rate is supported";
        return new($"{asked}; {smallestText}", fpir, smallest ?? 1, 1, inner: null)
        {
            Remedy = "for a stricter search give a threshold of your own",
        };
    }

    private sealed record Measurement(AuditHead? Head, GalleryCounts Counts, NonMatedPairs Pairs)
    {
        public bool Serves(AuditHead? head, GalleryCounts counts) =>
            (head == Head && counts.References == Counts.References)
            || (counts.References > AlwaysMeasured && Math.Abs(counts.NonMatedPairs - Counts.NonMatedPairs) <= Counts.NonMatedPairs / 20);
    }
}
