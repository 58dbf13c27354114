using System.Numerics;
using Semblance.Imaging;

namespace Semblance.Detection.BlazeFace;

/// <summary>
/// A picture in the middle of a square of its longer side, filled up with the pad value, seen at the network's size.
/// </summary>
internal readonly record struct SquareView(PixelView Picture, int Left, int Top, int Side, int NetworkSide)
{
    public static SquareView Around(PixelView picture, int networkSide)
    {
        int side = Math.Max(picture.Width, picture.Height);
        return new(picture, -((side - picture.Width) / 2), -((side - picture.Height) / 2), side, networkSide);
    }

    /// <summary>Reads the square as planes of the network's input; averages when shrinking, interpolates when enlarging.</summary>
    public void Read(in TensorLayout layout, Span<float> destination)
    {
        if (Side >= NetworkSide)
            AreaResampler.Resize(Picture, Left, Top, Side, Side, NetworkSide, NetworkSide, layout, destination);
        else
            BilinearResampler.Resize(Picture, Left, Top, Side, Side, NetworkSide, NetworkSide, layout, destination);
    }

    /// <summary>Reads the square as OpenCV does: exact areas when shrinking, interpolation when enlarging.</summary>
    public void ReadExactly(in TensorLayout layout, Span<float> destination)
    {
        if (Side > NetworkSide)
            WeightedAreaResampler.Resize(Picture, Left, Top, Side, Side, NetworkSide, NetworkSide, layout, destination);
        else
            Read(layout, destination);
    }

    /// <summary>From network pixels to picture pixels; without a half-pixel shift, as the reference maps them.</summary>
    public Vector2 ToPicture(Vector2 point) => point * ((float)Side / NetworkSide) + new Vector2(Left, Top);
}
