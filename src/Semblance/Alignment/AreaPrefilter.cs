using System.Numerics;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>
/// Averages the neighbourhood of a large face down by a whole factor before it is warped, so that the warp skips no image pixel. The factor
/// is floor(image pixels for one crop pixel), which leaves a ratio from 1 to below 2 to the interpolation.
/// </summary>
internal static class AreaPrefilter
{
    /// <summary>Warps as <see cref="BilinearWarp.Warp"/> does into a square RGB crop, with the prefilter where the face is at least twice
    /// as large.</summary>
    public static void Warp(in PixelView source, in SimilarityTransform transform, int size, Span<byte> crop)
    {
        int factor = (int)Math.Min(1 / transform.Scale, BoxReduction.LargestFactor);
        if (
            factor < 2
            || !TryFindRegion(source, transform.Invert(), size, factor, out int left, out int top, out int width, out int height)
        )
        {
            BilinearWarp.Warp(source, transform, size, size, crop);
            return;
        }
        (PixelView reduced, PixelBuffer owner) = BoxReduction.Reduce(source, left, top, width, height, factor);
        using (owner)
        {
            BilinearWarp.Warp(reduced, AfterReduction(transform, left, top, factor), size, size, crop);
        }
    }

    /// <summary>transform(x_full) with x_full = (x + 0.5) factor - 0.5 + left.</summary>
    private static SimilarityTransform AfterReduction(in SimilarityTransform t, int left, int top, int factor)
    {
        double x = 0.5 * factor - 0.5 + left,
            y = 0.5 * factor - 0.5 + top;
        return new(t.A * factor, t.B * factor, t.A * x - t.B * y + t.Tx, t.B * x + t.A * y + t.Ty);
    }

    /// <summary>The crop's bounding box in the image, one reduced pixel wider on every side, cut at the image's border.</summary>
    private static bool TryFindRegion(
        in PixelView source,
        in SimilarityTransform back,
        int size,
        int factor,
        out int left,
        out int top,
        out int width,
        out int height
    )
    {
        Vector2 a = back.Apply(new(0, 0)),
            b = back.Apply(new(size - 1, 0)),
            c = back.Apply(new(0, size - 1)),
            d = back.Apply(new(size - 1, size - 1));
        Vector2 low = Vector2.Min(Vector2.Min(a, b), Vector2.Min(c, d)) - new Vector2(2 * factor);
        Vector2 high = Vector2.Max(Vector2.Max(a, b), Vector2.Max(c, d)) + new Vector2(2 * factor);
        left = (int)Math.Clamp(low.X, 0, source.Width);
        top = (int)Math.Clamp(low.Y, 0, source.Height);
        width = (int)Math.Clamp(high.X + 1, 0, source.Width) - left;
        height = (int)Math.Clamp(high.Y + 1, 0, source.Height) - top;
        return width > 0 && height > 0;
    }
}
