namespace Semblance.Conversion.Architectures;

/// <summary>How pixels become the input [N, 3, H, W]: value = (pixel 0..255 - mean) * scale, channel by channel.</summary>
/// <param name="Width">Width in pixels; 0 when the network takes any.</param>
/// <param name="Height">Height in pixels; 0 when the network takes any.</param>
/// <param name="Channels">Order of the channels.</param>
/// <param name="Mean">Subtracted, in pixel units, in the order of the channels.</param>
/// <param name="Scale">Multiplied after the subtraction, in the order of the channels.</param>
public sealed record NetworkInput(int Width, int Height, ChannelOrder Channels, IReadOnlyList<float> Mean, IReadOnlyList<float> Scale)
{
    /// <summary>The name of the input in every graph made here.</summary>
    public const string Name = "input";

    private const float HalfRange = 127.5f;

    /// <summary>What fills the space outside the picture, in pixel units.</summary>
    public float PadValue { get; init; }

    /// <summary>Embedders: the template that faces are aligned on.</summary>
    public string? Template { get; init; }

    /// <summary>(x / 255 - 0.5) / 0.5 of a crop aligned on ArcFace's template, as arcface_torch and AdaFace do.</summary>
    public static NetworkInput AlignedCrop(ChannelOrder channels) =>
        Centred(112, 112, channels, 1 / HalfRange) with
        {
            Template = "arcface-112",
        };

    /// <summary>(x - 127.5) times a scale.</summary>
    public static NetworkInput Centred(int width, int height, ChannelOrder channels, float scale) =>
        new(width, height, channels, [HalfRange, HalfRange, HalfRange], [scale, scale, scale]);
}
