using Semblance.Detection;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>Cuts faces onto the template: a similarity from their landmarks, and one bilinear warp straight from the source pixels. Thread-safe.</summary>
public sealed class FaceAligner
{
    private readonly AlignmentOptions _options;

    /// <summary>Creates an aligner.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is no multiple of 112 or 128.</exception>
    public FaceAligner(AlignmentOptions? options = null)
    {
        _options = options ?? new();
        _ = ArcFaceTemplate.ForSize(_options.Size);
    }

    /// <summary>Cuts one face from the picture at full resolution.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="face">A face found in it.</param>
    /// <returns>An RGB crop of <see cref="AlignmentOptions.Size"/> pixels square; black where it reaches over the picture's border.</returns>
    /// <exception cref="ArgumentException">The landmarks coincide.</exception>
    public AlignedFace Align(FaceImage image, DetectedFace face)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        SimilarityTransform transform = SimilarityEstimator.Estimate(face, _options.Size);
        (PixelView source, SimilarityTransform sampled) = _options.Prefilter == PrefilterMode.Area && transform.Scale <= 0.5
            ? Reduced(image.AtScale(transform.Scale), transform)
            : (image.FullResolution, transform);
        byte[] crop = new byte[3 * _options.Size * _options.Size];
        BilinearWarp.Warp(source, sampled.Invert(), _options.Size, crop);
        return new(new(crop, _options.Size, _options.Size, 3 * _options.Size, PixelFormat.Rgb24), transform, face);
    }

    private static (PixelView, SimilarityTransform) Reduced(ScaledPixels scaled, SimilarityTransform t)
    {
        // Full-size x is (reduced x + 0.5) / s - 0.5: fold that into the transform.
        double s = scaled.ScaleX, shift = 0.5 / s - 0.5;
        return (scaled.Pixels, new(t.A / s, t.B / s, t.Tx + (t.A - t.B) * shift, t.Ty + (t.B + t.A) * shift));
    }
}
