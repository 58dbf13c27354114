using Semblance.Embedding;
using Semblance.Models;

namespace Semblance.Matching;

/// <summary>Decides whether two embeddings are of one person, by thresholds measured for their embedder. Thread-safe.</summary>
public sealed class FaceMatcher
{
    private readonly ThresholdTable? _table;
    private readonly ProbabilityModel? _probability;

    /// <summary>Creates a matcher.</summary>
    /// <param name="model">Catalogue id of the embedder, for messages.</param>
    /// <param name="contract">The contract of the embeddings that it takes.</param>
    /// <param name="calibration">What was measured; null when nothing was: then only own thresholds are possible.</param>
    /// <exception cref="ModelException">The calibration is wrong.</exception>
    public FaceMatcher(string model, string contract, ModelCalibration? calibration)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(contract);
        (Model, Contract) = (model, contract);
        if (calibration is null)
            return;
        _table = new(model, calibration);
        _probability = calibration.Probability;
        if (_probability.Kind != "logistic")
            throw new ModelException(model, $"its probability model '{_probability.Kind}' is not known; known is logistic");
        if (!double.IsFinite(_probability.A) || !double.IsFinite(_probability.B))
            throw new ModelException(model, "its probability model has no finite slope and intercept");
    }

    /// <summary>Catalogue id of the embedder.</summary>
    public string Model { get; }

    /// <summary>The contract of the embeddings that it takes.</summary>
    public string Contract { get; }

    /// <summary>Thresholds by rate; null when the embedder is not calibrated.</summary>
    public ThresholdTable? Thresholds => _table;

    /// <summary>Compares and decides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The own threshold lies outside the metric's range, or the rate is not a
    /// number.</exception>
    /// <exception cref="EmbeddingMismatchException">An embedding has another contract.</exception>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    public MatchDecision Compare(FaceEmbedding a, FaceEmbedding b, MatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (a.Contract != Contract)
            throw new EmbeddingMismatchException(a.Contract, Contract);
        return Decide(FaceSimilarity.Cosine(a, b), options);
    }

    /// <summary>Decides on a similarity.</summary>
    /// <param name="similarity">Cosine, -1 to 1.</param>
    /// <param name="options">Rate or own threshold.</param>
    /// <exception cref="ArgumentOutOfRangeException">The similarity or the own threshold lies outside its range, or the rate is not a
    /// number.</exception>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    public MatchDecision Decide(double similarity, MatchOptions? options = null)
    {
        options ??= MatchOptions.Default;
        if (!(similarity is >= -1 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(similarity), similarity, "A cosine lies between -1 and 1.");
        double cosine = CosineThreshold(options);
        double distance = FaceSimilarity.DistanceOf(similarity);
        double threshold = options.Metric == SimilarityMetric.L2 ? options.Threshold ?? FaceSimilarity.DistanceOf(cosine) : cosine;
        bool match = options.Metric == SimilarityMetric.L2 && options.Threshold is { } largest ? distance <= largest : similarity >= cosine;
        return new(
            match,
            similarity,
            distance,
            options.Metric,
            threshold,
            options.Threshold is null ? options.FalseMatchRate : null,
            ProbabilityOf(similarity)
        );
    }

    /// <summary>Checks that a decision could be made under options, without making one.</summary>
    /// <exception cref="UnsupportedRateException">The calibration does not support the rate.</exception>
    /// <exception cref="ModelException">A rate was asked for and the embedder is not calibrated.</exception>
    public void Validate(MatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = CosineThreshold(options);
    }

    /// <summary>1 / (1 + exp(-(a similarity + b))), at prior odds of one to one; null without a calibration.</summary>
    public double? ProbabilityOf(double similarity) =>
        _probability is null ? null : 1 / (1 + Math.Exp(-(_probability.A * similarity + _probability.B)));

    private double CosineThreshold(MatchOptions options)
    {
        if (options.Threshold is { } own)
        {
            (double low, double high) = options.Metric == SimilarityMetric.L2 ? (0.0, 2.0) : (-1.0, 1.0);
            if (!(own >= low && own <= high))
                throw new ArgumentOutOfRangeException(nameof(options), own, $"A {options.Metric} threshold lies between {low} and {high}.");
            return options.Metric == SimilarityMetric.L2 ? FaceSimilarity.CosineOf(own) : own;
        }
        if (_table is null)
            throw new ModelException(
                Model,
                "is not calibrated, so no threshold is known for a false match rate; run 'semblance models calibrate' or give a threshold"
            );
        return _table.ThresholdFor(options.FalseMatchRate);
    }
}
