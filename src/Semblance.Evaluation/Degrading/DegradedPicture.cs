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

    /// <summary>The picture; gone with this object.</summary>
    public FaceImage Image { get; }

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();
}
