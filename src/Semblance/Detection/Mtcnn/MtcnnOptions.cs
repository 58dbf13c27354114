namespace Semblance.Detection.Mtcnn;

/// <summary>How the cascade of Zhang et al. (IEEE SPL 2016) is run.</summary>
public sealed record MtcnnOptions
{
    /// <summary>The smallest face of the official code, in pixels.</summary>
    public const float OfficialMinFaceSize = 20;

    /// <summary>The ratio of neighbouring pyramid levels in the official code (about 1/sqrt 2).</summary>
    public const double OfficialPyramidFactor = 0.709;

    /// <summary>The settings of this project: candidates are padded at the border, faces larger than the picture are looked for.</summary>
    public static MtcnnOptions Default { get; } = new();

    /// <summary>
    /// The behaviour of the official code (facenet-pytorch), for comparison: candidates are cut at the picture's border, which stretches
    /// what is left and spoils landmarks on tight crops.
    /// </summary>
    public static MtcnnOptions Official { get; } =
        new()
        {
            Border = BorderHandling.Cut,
            ScoreFloor = 0.7f,
            ProposalThreshold = 0.6f,
            RefinementThreshold = 0.7f,
        };

    /// <summary>What happens to candidates that reach over the picture's border.</summary>
    public BorderHandling Border { get; init; } = BorderHandling.Pad;

    /// <summary>The smallest face looked for when the caller does not say, in pixels.</summary>
    public float MinFaceSize { get; init; } = OfficialMinFaceSize;

    /// <summary>Ratio of neighbouring pyramid levels, between 0 and 1.</summary>
    public double PyramidFactor { get; init; } = OfficialPyramidFactor;

    /// <summary>P-Net: the lowest face probability of a cell that becomes a candidate.</summary>
    public float ProposalThreshold { get; init; } = 0.6f;

    /// <summary>R-Net: a candidate must score more.</summary>
    public float RefinementThreshold { get; init; } = 0.7f;

    /// <summary>O-Net: the lowest score given out at all.</summary>
    public float ScoreFloor { get; init; } = 0.3f;

    /// <summary>O-Net: a face must score more, when the caller does not say.</summary>
    public float MinScore { get; init; } = 0.7f;
}

/// <summary>What happens to candidates that reach over the picture's border.</summary>
public enum BorderHandling
{
    /// <summary>What is missing is filled, so the face keeps its shape.</summary>
    Pad,

    /// <summary>The candidate is cut and what is left is stretched, as in the official code.</summary>
    Cut,
}
