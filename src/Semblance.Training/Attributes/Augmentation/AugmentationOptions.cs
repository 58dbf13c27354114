namespace Semblance.Training.Attributes.Augmentation;

/// <summary>How far crops are varied in training. Fractions are of the crop's side.</summary>
internal sealed record AugmentationOptions
{
    /// <summary>Largest rotation, degrees either way.</summary>
    public double Rotation { get; init; } = 15;

    /// <summary>Smallest and largest part of the crop that is seen.</summary>
    public (double From, double To) Zoom { get; init; } = (0.8, 1.12);

    /// <summary>Largest difference between the horizontal and the vertical zoom.</summary>
    public double Stretch { get; init; } = 0.06;

    /// <summary>Largest shift, each way.</summary>
    public double Shift { get; init; } = 0.07;

    /// <summary>Contrast factor from 1 − x to 1 + x.</summary>
    public double Contrast { get; init; } = 0.35;

    /// <summary>Brightness shift in grey levels, either way.</summary>
    public double Brightness { get; init; } = 35;

    /// <summary>Gain of each colour channel from 1 − x to 1 + x.</summary>
    public double Tint { get; init; } = 0.12;

    /// <summary>Probability that a colour crop loses its colours.</summary>
    public double Grey { get; init; } = 0.2;

    /// <summary>Probability of a lower resolution, down to <see cref="LowestResolution"/> of the side.</summary>
    public double Coarse { get; init; } = 0.2;

    /// <summary>The lowest resolution.</summary>
    public double LowestResolution { get; init; } = 0.35;

    /// <summary>Probability of sensor noise.</summary>
    public double Noise { get; init; } = 0.15;

    /// <summary>Probability that a rectangle is blanked (random erasing; Zhong et al., AAAI 2020).</summary>
    public double Erase { get; init; } = 0.35;

    /// <summary>Largest side of that rectangle.</summary>
    public double EraseSide { get; init; } = 0.4;
}
