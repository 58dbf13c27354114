using Semblance.Embedding;
using Semblance.Evaluation.Statistics;
using Semblance.Models;
using Semblance.Statistics;

namespace Semblance.Evaluation.Calibration;

/// <summary>
/// Measures an embedder's thresholds: all pairs of different people of a set are non-mated comparisons, all pairs of one person mated ones.
/// The threshold for a rate is the lowest similarity at which the one-sided 95 % Clopper-Pearson bound of the observed rate does not exceed
/// it (rounded up to five decimals); where fewer than 3 / rate comparisons were made there is none. Comparisons share people, so people are
/// resampled for an interval.
/// </summary>
public static class ThresholdCalibration
{
    /// <summary>The rule of three: without one event in n trials the rate lies below 3 / n at 95 % confidence.</summary>
    private const double RuleOfThree = 3;

    private const int RateDecimals = 6,
        ProbabilityDecimals = 4;

    /// <summary>Rates that are measured, as far as the comparisons support them: 1 and 3 of every power of ten.</summary>
    private static readonly double[] Rates = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8];

    /// <summary>Measures with the default options.</summary>
    /// <inheritdoc cref="Calibrate(IReadOnlyList{LabelledEmbedding}, string, CalibrationOptions, CancellationToken)"/>
    public static CalibrationResult Calibrate(
        IReadOnlyList<LabelledEmbedding> set,
        string data,
        CancellationToken cancellationToken = default
    ) => Calibrate(set, data, CalibrationOptions.Default, cancellationToken);

    /// <summary>Measures.</summary>
    /// <param name="set">Embeddings of one contract, labelled with people.</param>
    /// <param name="data">What was measured, in words; goes into the calibration.</param>
    /// <param name="options">Resampling, and labels of single pairs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationException">Too few comparisons, nobody with two pictures, or a picture is there twice.</exception>
    /// <exception cref="EmbeddingMismatchException">Embeddings of different contracts.</exception>
    public static CalibrationResult Calibrate(
        IReadOnlyList<LabelledEmbedding> set,
        string data,
        CalibrationOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        LabelledEmbedding? other = set.FirstOrDefault(item => item.Embedding.Contract != set[0].Embedding.Contract);
        if (other is not null)
            throw new EmbeddingMismatchException(set[0].Embedding.Contract, other.Embedding.Contract);
        PairSimilarities pairs = PairSimilarities.Compute(set, options.Labels, cancellationToken);
        if (pairs.Mated.Length == 0)
            throw new EvaluationException("nobody has two pictures, so comparisons of one person are missing");
        if (pairs.People < 2)
            throw new EvaluationException("pictures of two people at least are needed");

        (double[] rates, double[] thresholds) = Supported(pairs);
        (double Low, double High)[] intervals = Resample(pairs, rates, options, cancellationToken);
        (double a, double b) = LogisticFit.Fit(pairs.Mated, pairs.NonMated);
        return new(
            new ModelCalibration
            {
                Data = data,
                MatedPairs = pairs.Mated.Length,
                NonMatedPairs = pairs.NonMated.Length,
                People = pairs.People,
                Fmr = [.. rates.Select((rate, i) => new[] { rate, thresholds[i] })],
                FmrInterval = [.. rates.Select((rate, i) => new[] { rate, intervals[i].Low, intervals[i].High })],
                Fnmr = [.. rates.Select((rate, i) => new[] { rate, Refused(pairs.Mated, thresholds[i]) })],
                Probability = new("logistic", Math.Round(a, ProbabilityDecimals), Math.Round(b, ProbabilityDecimals)),
            },
            [
                .. pairs
                    .NonMatedPairs.Take(options.Suspects)
                    .Select((pair, i) => new SuspiciousPair(set[pair.I].Image, set[pair.J].Image, pairs.NonMated[i])),
            ]
        );
    }

    /// <summary>Rates that the comparisons support, with their thresholds.</summary>
    private static (double[] Rates, double[] Thresholds) Supported(PairSimilarities pairs)
    {
        int comparisons = pairs.NonMated.Length;
        double[] rates = [.. Rates.Where(rate => comparisons >= RuleOfThree / rate && ClopperPearson.LargestCount(comparisons, rate) >= 0)];
        if (rates.Length == 0)
            throw new EvaluationException(
                $"{comparisons} comparisons of different people are too few; 30 support a rate of 0.1, 30,000 one of 1e-4"
            );
        double[] thresholds = ThresholdSearch.Measured(pairs, rates);
        // Above 1 no threshold keeps the rate: too many pairs of different people are the same vector.
        int possible = thresholds.Count(threshold => threshold <= 1);
        if (possible == 0)
            throw new EvaluationException(
                "more than a tenth of the pairs of different people have identical embeddings; the labels or the embedder are wrong"
            );
        return (rates[..possible], thresholds[..possible]);
    }

    private static (double Low, double High)[] Resample(
        PairSimilarities pairs,
        double[] rates,
        CalibrationOptions options,
        CancellationToken cancellationToken
    )
    {
        int[][] draws = PeopleBootstrap.Draw(pairs.People, options.Resamples, options.Seed);
        double[][] thresholds = new double[draws.Length][];
        Parallel.For(0, draws.Length, new ParallelOptions { CancellationToken = cancellationToken }, d =>
            thresholds[d] = ThresholdSearch.Resampled(pairs, rates, draws[d])
        );
        return [.. rates.Select((_, i) => PeopleBootstrap.Interval(thresholds.Select(t => t[i])))];
    }

    private static double Refused(float[] mated, double threshold) =>
        Math.Round(mated.Count(similarity => similarity < threshold) / (double)mated.Length, RateDecimals);
}
