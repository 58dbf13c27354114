using Semblance.Embedding;
using Semblance.Models;

namespace Semblance.Matching;

/// <summary>
/// Decides whether two embeddings are of one person, by thresholds measured for their embedder: on scores, which are similarities less what
/// strangers of the same kind have, and by the quality of the poorer face. Thread-safe.
/// </summary>
public sealed class FaceMatcher
{
    private readonly QualityThresholds? _thresholds;

    /// <summary>Creates a matcher.</summary>
    /// <param name="model">Catalogue id of the embedder, for messages.</param>
    /// <param name="contract">The contract of the embeddings that it takes.</param>
    /// <param name="calibration">What was measured; null when nothing was: then only own thresholds are possible.</param>
    /// <param name="cohort">The strangers that the calibration's scores are made with; null when they are plain similarities.</param>
    /// <exception cref="ModelException">The calibration is wrong.</exception>
    public FaceMatcher(string model, string contract, ModelCalibration? calibration, EmbeddingCohort? cohort = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(contract);
        (Model, Contract, Cohort) = (model, contract, cohort);
        if (calibration is null)
            return;
        _thresholds = new(model, calibration);
        UsualSimilarity = cohort is null ? null : calibration.UsualSimilarity;
        CalibratedOn = calibration.Strangers is { } strangers
            ? $"strangers {strangers}: {calibration.Data}"
            : $"any strangers: {calibration.Data}";
    }

    /// <summary>Catalogue id of the embedder.</summary>
    public string Model { get; }

    /// <summary>The contract of the embeddings that it takes.</summary>
    public string Contract { get; }

    /// <summary>The strangers that scores are made with; null when scores are plain similarities.</summary>
    public EmbeddingCohort? Cohort { get; }

    /// <summary>Which strangers the thresholds were measured on; null when the embedder is not calibrated.</summary>
    public string? CalibratedOn { get; }

    /// <summary>The similarity that half of one person's pairs of good pictures reach; null where that is not known, or plays no
    /// part.</summary>
    public double? UsualSimilarity { get; }

    /// <summary>Thresholds by rate for faces of good quality; null when the embedder is not calibrated.</summary>
    public ThresholdTable? Thresholds => _thresholds?.Best;

    /// <summary>What norms of the embedder's vectors say about a face; null where thresholds were not measured by norm.</summary>
    public NormScale? Norms => _thresholds?.Norms;

    /// <summary>What is taken away from a face's similarities: its own baseline, or the cohort's where it brings none; 0 without a
    /// cohort.</summary>
    /// <exception cref="EmbeddingMismatchException">The embedding has another contract.</exception>
    public double BaselineOf(FaceEmbedding face)
    {
        ArgumentNullException.ThrowIfNull(face);
        if (face.Contract != Contract)
            throw new EmbeddingMismatchException(face.Contract, Contract);
        return Cohort is null ? 0 : face.Baseline ?? Cohort.BaselineOf(face.Vector.Span);
    }

    /// <summary>What a threshold is compared with.</summary>
    /// <param name="similarity">Cosine of two faces.</param>
    /// <param name="baselineA">Baseline of one; see <see cref="BaselineOf"/>.</param>
    /// <param name="baselineB">Baseline of the other.</param>
    public static double ScoreOf(double similarity, double baselineA, double baselineB) => similarity - (baselineA + baselineB) / 2;

    /// <summary>Compares and decides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The own threshold lies outside its range, or the rate is not a number.</exception>
    /// <exception cref="EmbeddingMismatchException">An embedding has another contract.</exception>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    public MatchDecision Compare(FaceEmbedding a, FaceEmbedding b, MatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Contract != Contract)
            throw new EmbeddingMismatchException(a.Contract, Contract);
        double similarity = FaceSimilarity.Cosine(a, b);
        return Decide(new FaceComparison(similarity, ScoreOf(similarity, BaselineOf(a), BaselineOf(b)), Math.Min(a.Norm, b.Norm)), options);
    }

    /// <summary>Decides on a similarity alone, of faces of good quality; possible where scores are plain similarities.</summary>
    /// <param name="similarity">Cosine, -1 to 1.</param>
    /// <param name="options">Rate or own threshold.</param>
    /// <exception cref="InvalidOperationException">The embedder has a cohort, so that a similarity alone decides nothing.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The similarity or the own threshold lies outside its range, or the rate is not a
    /// number.</exception>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    public MatchDecision Decide(double similarity, MatchOptions? options = null) =>
        Cohort is null
            ? Decide(new FaceComparison(similarity, similarity, null), options)
            : throw new InvalidOperationException(
                $"'{Model}' decides on scores, which need both faces' baselines beside their similarity."
            );

    /// <summary>Decides.</summary>
    /// <param name="comparison">Similarity, score and quality.</param>
    /// <param name="options">Rate or own threshold.</param>
    /// <exception cref="ArgumentOutOfRangeException">The similarity or the own threshold lies outside its range, or the rate is not a
    /// number.</exception>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    public MatchDecision Decide(FaceComparison comparison, MatchOptions? options = null)
    {
        options ??= MatchOptions.Default;
        (double similarity, double score, double? norm) = comparison;
        if (!(similarity is >= -1 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(comparison), similarity, "A cosine lies between -1 and 1.");
        bool distances = options.Metric == SimilarityMetric.L2 && Cohort is null;
        double distance = FaceSimilarity.DistanceOf(similarity);
        double? probability = ProbabilityOf(score, norm);
        if (options.Threshold is { } own)
        {
            Require(options, own);
            return new(distances ? distance <= own : score >= own, similarity, distance, options.Metric, own, null, probability)
            {
                Score = score,
            };
        }
        double? threshold = ThresholdFor(options.FalseMatchRate, norm);
        // What a match would need with these baselines: more than one person's pictures usually reach means that a no would say nothing.
        double? needed = threshold + (similarity - score) is { } similar && similar > UsualSimilarity ? similar : null;
        double shown = threshold ?? ThresholdFor(options.FalseMatchRate, _thresholds!.SmallestNormFor(options.FalseMatchRate))!.Value;
        bool match = score >= threshold;
        return new(
            match,
            similarity,
            distance,
            options.Metric,
            distances ? FaceSimilarity.DistanceOf(shown) : shown,
            options.FalseMatchRate,
            probability
        )
        {
            Score = score,
            Decision =
                match ? Decision.Same
                : threshold is null || needed is not null ? Decision.CannotTell
                : Decision.Different,
            NormNeeded = threshold is null ? _thresholds!.SmallestNormFor(options.FalseMatchRate) : null,
            SimilarityNeeded = match ? null : needed,
        };
    }

    /// <summary>The lowest score that counts as a match at a rate; null where none keeps the rate at this quality.</summary>
    /// <param name="rate">False match rate of single comparisons.</param>
    /// <param name="smallerNorm">The smaller embedding norm of the two, or in a search the probe's; null for the best quality.</param>
    /// <exception cref="UnsupportedRateException">The calibration supports the rate at no quality.</exception>
    /// <exception cref="ModelException">The embedder is not calibrated.</exception>
    public double? ThresholdFor(double rate, double? smallerNorm) => Calibrated.ThresholdFor(rate, smallerNorm);

    /// <summary>The smallest embedding norm that allows an answer at a rate.</summary>
    /// <exception cref="ModelException">The embedder is not calibrated.</exception>
    public double SmallestNormFor(double rate) => Calibrated.SmallestNormFor(rate);

    /// <summary>Checks that a decision could be made under options, without making one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The own threshold lies outside its range, or the rate is not a number.</exception>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    public void Validate(MatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Threshold is { } own)
            Require(options, own);
        else
            _ = ThresholdFor(options.FalseMatchRate, null);
    }

    /// <summary>Probability of one person at prior odds of one to one; null without a calibration.</summary>
    /// <param name="score">What a threshold is compared with.</param>
    /// <param name="smallerNorm">The smaller embedding norm of the two; null for the best quality.</param>
    public double? ProbabilityOf(double score, double? smallerNorm = null) => _thresholds?.ProbabilityOf(score, smallerNorm);

    private QualityThresholds Calibrated =>
        _thresholds
        ?? throw new ModelException(Model, "is not calibrated, so no threshold is known for a false match rate")
        {
            IsUncalibrated = true,
            Remedy = "calibrate it, or give a threshold of your own",
        };

    private void Require(MatchOptions options, double own)
    {
        (double low, double high, string kind) =
            Cohort is not null ? (-1.0, 1.0, "score")
            : options.Metric == SimilarityMetric.L2 ? (0.0, 2.0, "L2")
            : (-1.0, 1.0, "Cosine");
        if (!(own >= low && own <= high))
            throw new ArgumentOutOfRangeException(nameof(options), own, $"A {kind} threshold lies between {low} and {high}.");
    }
}
