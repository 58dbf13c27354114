using Semblance.Imaging;

namespace Semblance.Detection;

/// <summary>At which scale a detector that takes any size looks at a picture.</summary>
internal static class WorkingScale
{
    /// <summary>The smallest face, in pixels of the network's input, that detectors with a finest stride of 8 and anchors from 16 pixels
    /// find dependably.</summary>
    public const float SmallestFace = 16;

    /// <summary>
    /// Input pixels for one pixel of the picture: when a smallest face is asked for, what brings it to <see cref="SmallestFace"/>, never
    /// enlarging; else what brings the longer side to <paramref name="longestSide"/>.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="options">What is looked for.</param>
    /// <param name="longestSide">The longer side when no smallest face is asked for.</param>
    public static double Of(FaceImage image, DetectionOptions options, int longestSide) =>
        options.MinFaceSize is { } smallest
            ? Math.Min(1, SmallestFace / smallest)
            : (double)longestSide / Math.Max(image.Width, image.Height);
}
