using System.Numerics;

namespace Semblance.Imaging;

/// <summary>
/// An upright image at reduced scale, and how its pixels lie on the full image: x_full = (x + 0.5) / ScaleX - 0.5 + OffsetX, likewise for
/// y; (0, 0) is the centre of the top left pixel in both.
/// </summary>
/// <param name="Pixels">The pixels. They belong to the image and are gone once that is disposed.</param>
/// <param name="ScaleX">Pixels here for one pixel of the full image, 1 at most.</param>
/// <param name="ScaleY">The same down the rows.</param>
public readonly record struct ScaledPixels(PixelView Pixels, double ScaleX, double ScaleY)
{
    /// <summary>
    /// Shift in pixels of the full image; 0, except where a mirrored or turned JPEG of a size that is no multiple of the reduction has its
    /// incomplete pixels at the left: then above -8.
    /// </summary>
    public double OffsetX { get; init; }

    /// <summary>The same for incomplete pixels at the top.</summary>
    public double OffsetY { get; init; }

    /// <summary>From a point here to a point of the full image.</summary>
    public Vector2 ToFullSize(Vector2 point) =>
        new((float)((point.X + 0.5) / ScaleX - 0.5 + OffsetX), (float)((point.Y + 0.5) / ScaleY - 0.5 + OffsetY));

    /// <summary>From a point of the full image to a point here.</summary>
    public Vector2 ToScaled(Vector2 point) =>
        new((float)((point.X - OffsetX + 0.5) * ScaleX - 0.5), (float)((point.Y - OffsetY + 0.5) * ScaleY - 0.5));
}
