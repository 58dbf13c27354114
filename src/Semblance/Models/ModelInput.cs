namespace Semblance.Models;

/// <summary>How pixels become the input tensor: value = (pixel 0..255 - mean) * scale, channel by channel.</summary>
public sealed record ModelInput
{
    /// <summary>Width in pixels; 0 when the network takes any.</summary>
    public int Width { get; init; }

    /// <summary>Height in pixels; 0 when the network takes any.</summary>
    public int Height { get; init; }

    /// <summary>Order of the tensor's axes; only <c>NCHW</c> is known.</summary>
    public string Layout { get; init; } = "NCHW";

    /// <summary><c>RGB</c> or <c>BGR</c>.</summary>
    public required string Channels { get; init; }

    /// <summary>Subtracted, in pixel units, in the order of <see cref="Channels"/>.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Multiplied after the subtraction, in the order of <see cref="Channels"/>.</summary>
    public required IReadOnlyList<float> Scale { get; init; }

    /// <summary>What fills the space outside the picture, in pixel units.</summary>
    public float PadValue { get; init; }

    /// <summary>Embedders: the alignment template, <c>arcface-112</c>.</summary>
    public string? Template { get; init; }

    /// <summary>
    /// Attribute networks: where right eye, left eye, nose tip, right and left mouth corner lie in the input, each as [x, y] in its pixels.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<float>>? TemplatePoints { get; init; }

    /// <summary>Models of a face that see its box instead of an aligned crop: how it is cut.</summary>
    public ModelCrop? Crop { get; init; }

    /// <summary>Attribute networks that take a face's embedding beside its crop: which; null for those that see the crop alone.</summary>
    public ModelEmbedding? Embedding { get; init; }
}

/// <summary>An embedding as the second input of a network: [N, dimension], the vector as the embedder gives it, before it is made a unit
/// vector.</summary>
/// <param name="Name">Name of the input in the network.</param>
/// <param name="Model">Catalogue id of the embedder, which is asked where the embedding is not known already.</param>
/// <param name="Contract">The contract of the vectors that the network was fitted to; others say nothing to it.</param>
public sealed record ModelEmbedding(string Name, string Model, string Contract);

/// <summary>How a face's box is cut out for a network.</summary>
/// <param name="Kind">
/// <c>square</c>: a square around the box's centre with its longer side, what lies outside the picture is filled; <c>stretched</c>: the
/// box itself, cut at the picture's border and stretched to the input; <c>shifted</c>: the box itself, made smaller and moved until it
/// lies inside the picture, then stretched.
/// </param>
/// <param name="Scale">The box's sides are multiplied by this about its centre first.</param>
public sealed record ModelCrop(string Kind, float Scale)
{
    /// <summary>The kinds that are known.</summary>
    public const string Square = "square",
        Stretched = "stretched",
        Shifted = "shifted";
}
