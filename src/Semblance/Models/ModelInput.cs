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
}

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
