using Semblance.Annotation;
using Semblance.Evaluation.Running;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Evaluation.Detectors;

/// <summary>
/// Photographs that detectors are timed on: of 640 × 480 pixels those of a set that have this shape (within a hundredth) and are as large
/// at least, made so small; of 12 megapixels the JPEG files that have at least 11.5.
/// </summary>
internal static class TimedPictures
{
    private const int Width = 640,
        Height = 480,
        MostSmall = 8;

    private const double ShapeTolerance = 0.01;
    private const long LargePixels = 11_500_000;

    /// <summary>The first eight in order of their names; to be disposed of.</summary>
    public static IReadOnlyList<FaceImage> Small(PictureSet set, IReadOnlyList<string> names)
    {
        List<FaceImage> small = [];
        foreach (string name in names)
        {
            using FaceImage? image = set.OpenOrNull(name);
            if (image is null)
                continue;
            double shape = (double)image.Width / image.Height / ((double)Width / Height);
            if (image.Width < Width || Math.Abs(shape - 1) > ShapeTolerance)
                continue;
            using SKBitmap scaled = new(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            using (SKImage upright = FaceAnnotator.Draw(image, []))
            using (SKCanvas canvas = new(scaled))
                canvas.DrawImage(
                    upright,
                    SKRect.Create(0, 0, Width, Height),
                    new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
                );
            small.Add(FaceImage.FromPixels(new(scaled.GetPixelSpan().ToArray(), Width, Height, scaled.RowBytes, PixelFormat.Rgbx32), name));
            if (small.Count == MostSmall)
                break;
        }
        return small;
    }

    /// <summary>All, as encoded.</summary>
    public static IReadOnlyList<EvaluationPicture> Large(PictureSet set, IReadOnlyList<string> names) =>
        [
            .. set.Pictures([
                .. names.Where(name =>
                {
                    using FaceImage? image = set.OpenOrNull(name);
                    return image is not null
                        && (long)image.Width * image.Height >= LargePixels
                        && name.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase);
                }),
            ]),
        ];
}
