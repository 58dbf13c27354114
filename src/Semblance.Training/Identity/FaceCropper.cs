using System.Numerics;
using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Geometry;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Training.Identity;

/// <summary>Makes crops on the ArcFace template from pictures, as the analysing line does. Thread-safe.</summary>
/// <param name="source">Whether faces have to be found.</param>
/// <param name="detector">Finds them; not used for aligned pictures.</param>
internal sealed class FaceCropper(CropSource source, IFaceDetector? detector)
{
    /// <summary>Side of a crop in pixels.</summary>
    public const int Side = ArcFaceTemplate.Size;

    /// <summary>Bytes of a crop: rows of RGB.</summary>
    public const int Bytes = Side * Side * 3;

    private readonly FaceAligner _aligner = new();

    /// <summary>Names what decides how crops look; a cache made otherwise does not fit.</summary>
    public string Id => source == CropSource.Aligned ? "aligned" : $"{detector!.Id}, face nearest the centre";

    /// <summary>Makes one crop.</summary>
    /// <param name="picture">Compressed picture.</param>
    /// <param name="name">For messages.</param>
    /// <returns>Rows of RGB, 112 x 112 x 3; null where no face is found.</returns>
    /// <exception cref="SemblanceException">The picture cannot be read.</exception>
    public byte[]? Crop(byte[] picture, string name)
    {
        using FaceImage image = FaceImage.FromBytes(picture, name);
        if (source == CropSource.Aligned)
            return Resize(image);
        Vector2 center = new((image.Width - 1) / 2f, (image.Height - 1) / 2f);
        DetectedFace? face = detector!
            .Detect(image, DetectionOptions.Default)
            .MinBy(found => Vector2.DistanceSquared(found.Box.Center, center));
        return face is null ? null : _aligner.Align(image, face).Pixels.Memory.ToArray();
    }

    private static byte[] Resize(FaceImage image)
    {
        PixelView pixels = image.FullResolution;
        byte[] crop = new byte[Bytes];
        if (pixels.Width == Side && pixels.Height == Side && pixels.Format == PixelFormat.Rgb24)
        {
            for (int y = 0; y < Side; y++)
                pixels.Row(y).CopyTo(crop.AsSpan(y * Side * 3));
            return crop;
        }
        using SKBitmap bitmap = ToBitmap(pixels),
            small = bitmap.Resize(new SKSizeI(Side, Side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        for (int i = 0, at = 0; i < Side * Side; i++)
        {
            SKColor color = small.GetPixel(i % Side, i / Side);
            (crop[at++], crop[at++], crop[at++]) = (color.Red, color.Green, color.Blue);
        }
        return crop;
    }

    private static SKBitmap ToBitmap(PixelView pixels)
    {
        SKBitmap bitmap = new(pixels.Width, pixels.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        int step = pixels.BytesPerPixel;
        (int red, int green, int blue) = pixels.Format switch
        {
            PixelFormat.Gray8 => (0, 0, 0),
            PixelFormat.Rgb24 or PixelFormat.Rgbx32 => (0, 1, 2),
            _ => (2, 1, 0),
        };
        for (int y = 0; y < pixels.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels.Row(y);
            Span<byte> target = bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, pixels.Width * 4);
            for (int x = 0; x < pixels.Width; x++)
                (target[4 * x], target[4 * x + 1], target[4 * x + 2], target[4 * x + 3]) = (
                    row[x * step + red],
                    row[x * step + green],
                    row[x * step + blue],
                    255
                );
        }
        return bitmap;
    }
}
