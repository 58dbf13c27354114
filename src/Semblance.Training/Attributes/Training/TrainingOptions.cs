using System.Globalization;
using Semblance.Training.Trainer;

namespace Semblance.Training.Attributes.Training;

/// <summary>How a run goes.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Where checkpoints and metrics go.</summary>
    public required string Folder { get; init; }

    /// <summary>Sides of the input by epoch: small ones first are cheap, the last ones decide.</summary>
    public required IReadOnlyList<int> Sides { get; init; }

    /// <summary>Samples of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Highest learning rate of the trunk.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>How much faster the heads learn.</summary>
    public double HeadFactor { get; init; } = 5;

    /// <summary>Decoupled weight decay (AdamW; Loshchilov, Hutter, ICLR 2019).</summary>
    public double Decay { get; init; } = 0.02;

    /// <summary>Share of the steps over which the rate rises.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Share that the running average of the weights keeps at every step.</summary>
    public double Average { get; init; } = 0.998;

    /// <summary>Probability that a feature is left out.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>Layers at the start of the trunk (convolutions and activations) that keep the embedder's weights.</summary>
    public int FrozenLayers { get; init; } = 29;

    /// <summary>Epochs at the end in which all layers learn.</summary>
    public int ThawedEpochs { get; init; } = 2;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads of libtorch; null for its own choice. One makes runs repeatable bit for bit.</summary>
    public int? Threads { get; init; }

    /// <summary>At step 0, or at the folder's checkpoint.</summary>
    public RunStart Start { get; init; }

    /// <summary>What the options do not say and what must be the same when a run is resumed: trunk, data, settings of the task.</summary>
    public string Origin { get; init; } = "";

    /// <summary>How crops are varied.</summary>
    public Augmentation.AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Epochs.</summary>
    public int Epochs => Sides.Count;

    /// <summary>What must be the same when a run is resumed, in words.</summary>
    public string Fingerprint =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Origin}; sides {string.Join(' ', Sides)}, batch {Batch}, rate {Rate}, heads x {HeadFactor}, decay {Decay}, warm-up "
                + $"{WarmUp}, average {Average}, dropout {Dropout}, frozen {FrozenLayers}, thawed {ThawedEpochs}, seed {Seed}"
        );
}
