using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Evaluation.Degrading;

/// <summary>A picture after degradation, with the memory that holds its pixels.</summary>
public sealed class DegradedPicture : IDisposable
{
    private readonly byte[] _pixels;

    internal DegradedPicture(PixelPlanes planes, string name)
    {
        _pixels = planes.ToRgb();
        Image = FaceImage.FromPixels(new(_pixels, planes.Width, planes.Height, 3 * planes.Width, PixelFormat.Rgb24), name);
    }

    /// <summary>A picture with a black border around it, as room for a detector around a tight crop.</summary>
    /// <param name="image">The picture; unchanged.</param>
    /// <param name="margin">Width of the border as a part of the longer side.</param>
    /// <param name="name">What messages call the result.</param>
    public static DegradedPicture WithMargin(FaceImage image, double margin, string name)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(PixelPlanes.Of(image.FullResolution).WithBorder((int)(margin * Math.Max(image.Width, image.Height))), name);
    }

    /// <summary>The picture; gone with this object.</summary>
    public FaceImage Image { get; }

    /// <summary>The picture as a PNG file, without loss.</summary>
    public byte[] ToPng()
    {
        using SKBitmap bitmap = new(new SKImageInfo(Image.Width, Image.Height, SKColorType.Rgb888x, SKAlphaType.Opaque));
        Span<byte> to = bitmap.GetPixelSpan();
        for (int y = 0, from = 0; y < Image.Height; y++)
        for (int x = 0, at = y * bitmap.RowBytes; x < Image.Width; x++, from += 3, at += 4)
            (to[at], to[at + 1], to[at + 2], to[at + 3]) = (_pixels[from], _pixels[from + 1], _pixels[from + 2], byte.MaxValue);
        using SKPixmap pixels = bitmap.PeekPixels();
        using SKData png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub, zLibLevel: 1))
            ?? throw new EvaluationException($"{Image.Name}: the degraded picture cannot be encoded");
        return png.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
