using Semblance.Detection;
using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>A face crop on the ArcFace template: eyes, nose and mouth lie where every embedder of the family expects them.</summary>
/// <param name="Pixels">RGB, 8 bit, <see cref="PixelFormat.Rgb24"/>, square. Owned by this object.</param>
/// <param name="Transform">From pixels of the image to pixels of the crop.</param>
/// <param name="Face">The face it was cut from.</param>
public sealed record AlignedFace(PixelView Pixels, SimilarityTransform Transform, DetectedFace Face)
{
    /// <summary>Side of the crop in pixels.</summary>
    public int Size => Pixels.Width;
}
