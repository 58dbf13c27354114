using System.Numerics;

namespace Semblance.Imaging;

/// <summary>How pixels become the three planes of a tensor: value = (pixel 0..255 - mean) * scale.</summary>
/// <param name="Order">Order of the planes.</param>
/// <param name="Mean">In pixel units, in the order of the planes.</param>
/// <param name="Scale">In the order of the planes.</param>
/// <param name="PadValue">What stands outside the picture, in pixel units, in all three channels.</param>
internal readonly record struct TensorLayout(ChannelOrder Order, Vector3 Mean, Vector3 Scale, float PadValue)
{
    /// <summary>Plain RGB, 0..255.</summary>
    public static TensorLayout Plain { get; } = new(ChannelOrder.Rgb, Vector3.Zero, Vector3.One, 0);

    /// <summary>For each plane the byte of a pixel that fills it.</summary>
    public (int First, int Second, int Third) Lanes(in PixelView pixels)
    {
        (int red, int green, int blue) = pixels.ChannelOffsets;
        return Order == ChannelOrder.Rgb ? (red, green, blue) : (blue, green, red);
    }
}
