using System.Numerics;

namespace Semblance.Imaging;

/// <summary>A picture at reduced scale.</summary>
/// <param name="Pixels">Upright pixels.</param>
/// <param name="ScaleX">Pixels of this per pixel of the full picture, 1 = full size.</param>
/// <param name="ScaleY">The same for rows.</param>
public readonly record struct ScaledPixels(PixelView Pixels, double ScaleX, double ScaleY)
{
    /// <summary>From a point of this to the point of the full picture; (0, 0) is the centre of the top left pixel in both.</summary>
    public Vector2 ToFullSize(Vector2 point) =>
        new((float)((point.X + 0.5) / ScaleX - 0.5), (float)((point.Y + 0.5) / ScaleY - 0.5));
}
