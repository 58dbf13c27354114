using System.Numerics;
using Semblance.Imaging;

namespace Semblance.Detection;

/// <summary>
/// A picture at the top left of a network's input, and the way back. What the input has beyond the picture holds the pad value.
/// </summary>
/// <param name="Scaled">The decoded picture.</param>
/// <param name="RegionWidth">Picture columns that the input spans, those beyond the picture included.</param>
/// <param name="RegionHeight">Picture rows that the input spans.</param>
/// <param name="Width">Columns of the input.</param>
/// <param name="Height">Rows of the input.</param>
internal readonly record struct NetworkView(ScaledPixels Scaled, int RegionWidth, int RegionHeight, int Width, int Height)
{
    /// <summary>The picture made as large as an input of a given size allows, its shape kept.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    public static NetworkView Letterbox(FaceImage image, int width, int height)
    {
        double scale = Math.Min((double)width / image.Width, (double)height / image.Height);
        ScaledPixels scaled = image.AtScale(Math.Min(1, scale));
        double perPixel = Math.Max((double)scaled.Pixels.Width / width, (double)scaled.Pixels.Height / height);
        return new(scaled, Span(width), Span(height), width, height);

        int Span(int side) => Math.Max(1, (int)Math.Round(side * perPixel));
    }

    /// <summary>The whole picture at a scale, with nothing around it except what makes the sides multiples of a stride.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="scale">Input pixels for one pixel of the picture.</param>
    /// <param name="multiple">The sides become multiples of this; 1 adds nothing.</param>
    public static NetworkView Whole(FaceImage image, double scale, int multiple) =>
        Whole(image, scale, multiple, image.AtScale(Math.Min(1, scale)));

    /// <summary>The same of a picture that was looked at larger before: what is decoded already is made smaller, since decoding takes
    /// longer than that.</summary>
    /// <inheritdoc cref="Whole(FaceImage, double, int)"/>
    public static NetworkView Again(FaceImage image, double scale, int multiple) =>
        Whole(image, scale, multiple, image.AtHand(Math.Min(1, scale)));

    private static NetworkView Whole(FaceImage image, double scale, int multiple, ScaledPixels scaled)
    {
        (int regionWidth, int width) = Side(image.Width, scaled.Pixels.Width);
        (int regionHeight, int height) = Side(image.Height, scaled.Pixels.Height);
        return new(scaled, regionWidth, regionHeight, width, height);

        (int Region, int Input) Side(int full, int decoded)
        {
            int exact = Math.Max(1, (int)Math.Round(full * scale)),
                padded = (exact + multiple - 1) / multiple * multiple;
            return ((int)Math.Round((double)decoded * padded / exact), padded);
        }
    }

    /// <summary>
    /// Writes the input's three planes, by bilinear interpolation as the references do where the pixels have at most twice the input's
    /// scale, so that little is lost between the samples; else by averages.
    /// </summary>
    public void Read(in TensorLayout layout, Span<float> destination)
    {
        bool isAsLarge = RegionWidth == Width && RegionHeight == Height,
            isMuchLarger = RegionWidth > 2 * Width && RegionHeight > 2 * Height;
        if (isAsLarge || isMuchLarger)
            AreaResampler.Resize(Scaled.Pixels, 0, 0, RegionWidth, RegionHeight, Width, Height, layout, destination);
        else
            BilinearResampler.Resize(Scaled.Pixels, 0, 0, RegionWidth, RegionHeight, Width, Height, layout, destination);
    }

    /// <summary>
    /// From input pixels to pixels of the full image; without a half-pixel shift, as the references map them, so that it does not matter
    /// at which scale the picture was decoded.
    /// </summary>
    public Vector2 ToImage(Vector2 point) =>
        new(
            (float)(point.X * RegionWidth / (Width * Scaled.ScaleX) + Scaled.OffsetX),
            (float)(point.Y * RegionHeight / (Height * Scaled.ScaleY) + Scaled.OffsetY)
        );
}
