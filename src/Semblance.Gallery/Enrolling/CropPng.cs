using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Gallery.Clustering;
using Semblance.Geometry;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Gallery.Enrolling;

/// <summary>Aligned crops as PNG: lossless, so that another embedder sees the pixels that the first one saw.</summary>
public static class CropPng
{
    /// <summary>The file's content.</summary>
    public static byte[] Encode(AlignedFace crop)
    {
        using SKBitmap bitmap = ContactSheet.ToBitmap(crop);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The crop of a file.</summary>
    /// <param name="png">The file's content.</param>
    /// <param name="reference">Whose crop it is, for messages.</param>
    /// <exception cref="GalleryException">The bytes are no square picture.</exception>
    public static AlignedFace Decode(ReadOnlyMemory<byte> png, Guid reference)
    {
        using SKBitmap? bitmap = PlainBitmap.DecodeOrNull(png.Span);
        if (bitmap is null || bitmap.Width != bitmap.Height)
            throw new GalleryException($"the crop of reference {reference} is no square picture; remove the reference and enrol it anew");
        int side = bitmap.Width;
        byte[] pixels = new byte[3 * side * side];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                SKColor colour = bitmap.GetPixel(x, y);
                (pixels[3 * (y * side + x)], pixels[3 * (y * side + x) + 1], pixels[3 * (y * side + x) + 2]) = (
                    colour.Red,
                    colour.Green,
                    colour.Blue
                );
            }
        }
        DetectedFace face = new(new(0, 0, side, side), 1, ArcFaceTemplate.ForSize(side));
        return new(new(pixels, side, side, 3 * side, PixelFormat.Rgb24), new(1, 0, 0, 0), face);
    }
}
