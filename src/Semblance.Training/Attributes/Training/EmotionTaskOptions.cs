namespace Semblance.Training.Attributes.Training;

/// <summary>Settings of the emotion task.</summary>
internal sealed record EmotionTaskOptions
{
    /// <summary>Probability spread over all classes (label smoothing; Szegedy et al., CVPR 2016, section 7).</summary>
    public double Smoothing { get; init; } = 0.1;

    /// <summary>Share of the FER pictures that an epoch draws.</summary>
    public double FerShare { get; init; } = 1;

    /// <summary>How often a RAF picture is drawn in an epoch, on average.</summary>
    public double RafRepeats { get; init; } = 2;
}
