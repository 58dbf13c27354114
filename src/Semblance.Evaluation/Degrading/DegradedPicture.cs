using Semblance.Imaging;

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

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
