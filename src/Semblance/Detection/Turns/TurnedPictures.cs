using Semblance.Imaging;

namespace Semblance.Detection.Turns;

/// <summary>A picture and what it looks like put upright, each made when it is first asked for.</summary>
/// <param name="image">The picture as it came; stays the caller's.</param>
internal sealed class TurnedPictures(FaceImage image) : IDisposable
{
    private readonly Dictionary<int, FaceImage> _upright = [];

    /// <summary>How the picture lies on the one that <see cref="Upright"/> gives.</summary>
    public QuarterTurn TurnOf(int degrees) => new(degrees, image.Width, image.Height);

    /// <summary>The picture put upright, at full resolution; the picture itself where it is not turned.</summary>
    /// <param name="degrees">By how much its content is turned clockwise: 0, 90, 180 or 270.</param>
    public FaceImage Upright(int degrees)
    {
        if (degrees == 0)
            return image;
        if (!_upright.TryGetValue(degrees, out FaceImage? upright))
        {
            PixelView pixels = image.FullResolution;
            if (pixels.BytesPerPixel == 4 && pixels.Stride == 4 * pixels.Width)
                return _upright[degrees] = Turn(pixels, TurnOf(degrees), image.Name);
            (PixelView copy, PixelBuffer owner) = BoxReduction.Reduce(pixels, 0, 0, image.Width, image.Height, 1);
            using (owner)
                _upright[degrees] = upright = Turn(copy, TurnOf(degrees), image.Name);
        }
        return upright;
    }

    /// <summary>Pixels put upright, in memory of their own.</summary>
    /// <param name="pixels">Four bytes a pixel without gaps.</param>
    /// <param name="turn">How they are turned.</param>
    /// <param name="name">What messages call them.</param>
    public static FaceImage Turn(PixelView pixels, QuarterTurn turn, string name)
    {
        PixelBuffer buffer = new(pixels.Width * pixels.Height * 4);
        ExifOrientation.Apply(pixels.Memory.Span, pixels.Width, pixels.Height, turn.Origin, buffer.GetSpan());
        (int width, int height) = turn.UprightSize;
        return FaceImage.Owning(buffer.View(width, height, pixels.Format), buffer, name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FaceImage upright in _upright.Values)
            upright.Dispose();
    }
}
