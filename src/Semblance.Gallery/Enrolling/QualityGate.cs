using Semblance.Quality;

namespace Semblance.Gallery.Enrolling;

/// <summary>Which photographs are good enough to be compared with for years.</summary>
public sealed record QualityGate
{
    /// <summary>Lowest face size where none is given: the embedder sees 112 pixels, below half of that detail is made up.</summary>
    public const double DefaultMinimumSize = 48;

    /// <summary>Lowest sharpness where none is given: no ordinary photograph of those measured lies below, and nearly all that are too
    /// blurred to be matched do (docs/gallery.md).</summary>
    public const double DefaultMinimumSharpness = 0.045;

    /// <summary>Farthest turn where none is given: one ordinary photograph in a hundred of those measured lies beyond, and two profiles in
    /// five (docs/gallery.md).</summary>
    public const double DefaultMaximumTurn = 0.35;

    /// <summary>Lowest score where none is given.</summary>
    public const double DefaultMinimumScore = 0.1;

    /// <summary>Lowest factor of the embedding's norm where none is given: below it lie norms smaller than any that thresholds were
    /// measured at. Ordinary photographs are hardly ever refused for it, one in three of profiles is (docs/gallery.md).</summary>
    public const double DefaultMinimumNormFactor = 1.0 / 3;

    /// <summary>The default gate.</summary>
    public static QualityGate Default { get; } = new();

    /// <summary>Lets every face through; one face is still asked for.</summary>
    public static QualityGate Open { get; } =
        new()
        {
            MinimumSize = 0,
            MinimumSharpness = 0,
            MaximumTurn = double.PositiveInfinity,
            MinimumScore = 0,
            MinimumNormFactor = 0,
        };

    /// <summary>Side of the aligned crop in pixels of the picture.</summary>
    public double MinimumSize { get; init; } = DefaultMinimumSize;

    /// <summary>Mean magnitude of the Laplacian of the crop's luminance over its standard deviation.</summary>
    public double MinimumSharpness { get; init; } = DefaultMinimumSharpness;

    /// <summary>How far the nose stands off the line from eyes to mouth, in lengths of that line: 0 frontal; MTCNN's landmarks of profiles
    /// give 0.34 in the median, because they lean towards frontal faces.</summary>
    public double MaximumTurn { get; init; } = DefaultMaximumTurn;

    /// <summary>Score of <see cref="FaceQualityAssessor"/>, 0 to 1.</summary>
    public double MinimumScore { get; init; } = DefaultMinimumScore;

    /// <summary>What the embedding's norm may take off the score at most, as the factor of <see cref="QualityComponent.EmbeddingNorm"/>, 0
    /// to 1. Plays no part where the embedder's thresholds were not measured by norm.</summary>
    public double MinimumNormFactor { get; init; } = DefaultMinimumNormFactor;

    /// <summary>Everything that speaks against a face; empty when nothing does.</summary>
    /// <param name="quality">Its quality, with the components.</param>
    public IReadOnlyList<Rejection> Judge(FaceQuality quality)
    {
        ArgumentNullException.ThrowIfNull(quality);
        List<Rejection> against = [];
        Dictionary<string, QualityComponent> components = quality.Components.ToDictionary(component => component.Name);
        double side = components[QualityComponent.Size].Value,
            sharpness = components[QualityComponent.Sharpness].Value,
            turn = components[QualityComponent.HeadPose].Value;
        if (side < MinimumSize)
            Add(RejectionReason.TooSmall, $"too small: {side:0} pixels across, {MinimumSize:0} are needed");
        if (sharpness < MinimumSharpness)
            Add(RejectionReason.Blurred, $"blurred: sharpness {sharpness:0.000}, {MinimumSharpness:0.000} is needed");
        if (turn > MaximumTurn)
            Add(
                RejectionReason.ExtremePose,
                $"extreme pose: the nose is {turn:0.00} face heights off the middle, {MaximumTurn:0.00} at most"
            );
        // What has been named above lowers norm and score, too.
        if (against.Count > 0)
            return against;
        if (components.TryGetValue(QualityComponent.EmbeddingNorm, out QualityComponent? norm) && norm.Factor < MinimumNormFactor)
            Add(
                RejectionReason.PoorQuality,
                $"too little of a face to recognise: norm {norm.Value:0.00}, a factor of {norm.Factor:0.00} for {MinimumNormFactor:0.00}"
            );
        else if (quality.Score < MinimumScore)
            Add(
                RejectionReason.PoorQuality,
                $"poor quality {quality.Score:0.00}, {MinimumScore:0.00} is needed: {string.Join("; ", quality.Reasons)}"
            );
        return against;

        void Add(RejectionReason reason, FormattableString message) => against.Add(new(reason, FormattableString.Invariant(message)));
    }
}
