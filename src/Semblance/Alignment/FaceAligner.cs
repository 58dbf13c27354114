using Semblance.Detection;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>Cuts faces out of the full-resolution image, upright and on the ArcFace template. Thread-safe.</summary>
public sealed class FaceAligner
{
    /// <summary>Makes an aligner.</summary>
    /// <param name="options">Null for the default: 112 x 112, no prefilter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is no multiple of 112 or 128.</exception>
    public FaceAligner(AlignmentOptions? options = null)
    {
        Options = options ?? new();
        _ = ArcFaceTemplate.ForSize(Options.Size);
    }

    /// <summary>Size and prefilter.</summary>
    public AlignmentOptions Options { get; }

    /// <summary>Cuts one face. What lies outside the image is black.</summary>
    /// <param name="image">The image that the face was found in.</param>
    /// <param name="face">Its landmarks count, not its box.</param>
    /// <returns>A crop of its own memory, which stays valid when the image is disposed of.</returns>
    /// <exception cref="NoLandmarksException">The detector gave a box alone.</exception>
    /// <exception cref="ArgumentException">The landmarks lie in one place or are not finite.</exception>
    /// <exception cref="ImageFormatException">The image cannot be decoded.</exception>
    public AlignedFace Align(FaceImage image, DetectedFace face)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        int size = Options.Size;
        SimilarityTransform transform = SimilarityEstimator.Estimate(face.Landmarks, face.LandmarksSource, size);
        byte[] crop = new byte[size * size * 3];
        PixelView pixels = image.FullResolution;
        if (Options.Prefilter == PrefilterMode.Area)
            AreaPrefilter.Warp(pixels, transform, size, crop);
        else
            BilinearWarp.Warp(pixels, transform, size, size, crop);
        return new(new(crop, size, size, size * 3, PixelFormat.Rgb24), transform, face);
    }

    /// <summary>Cuts several faces of one image, in their order.</summary>
    /// <inheritdoc cref="Align" path="/exception"/>
    /// <param name="image">The image that the faces were found in.</param>
    /// <param name="faces">Their landmarks count, not their boxes.</param>
    public AlignedFace[] AlignMany(FaceImage image, IReadOnlyList<DetectedFace> faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        AlignedFace[] aligned = new AlignedFace[faces.Count];
        for (int i = 0; i < aligned.Length; i++)
            aligned[i] = Align(image, faces[i]);
        return aligned;
    }
}
