namespace Semblance.Training.Attributes.Training;

/// <summary>How heads are fitted to a trunk that is done.</summary>
internal sealed record HeadRefitOptions
{
    /// <summary>Views of every picture: as it is, mirrored, then varied ones.</summary>
    public int Views { get; init; } = 3;

    /// <summary>Whether outputs are judged together with those of the mirror image, as the model will be used.</summary>
    public bool Mirror { get; init; } = true;

    /// <summary>Units of the hidden layer.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>Epochs.</summary>
    public int Epochs { get; init; } = 16;

    /// <summary>Pictures of a step.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>Highest learning rate.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>Weight decay.</summary>
    public double Decay { get; init; } = 0.05;

    /// <summary>Probability that a feature is left out.</summary>
    public double FeatureDropout { get; init; } = 0.3;

    /// <summary>Probability that a hidden unit is left out.</summary>
    public double HiddenDropout { get; init; } = 0.4;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How varied views are varied.</summary>
    public Augmentation.AugmentationOptions Augmentation { get; init; } = new();
}
