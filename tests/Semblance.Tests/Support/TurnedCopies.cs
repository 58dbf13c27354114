using Semblance.Imaging;

namespace Semblance.Tests.Support;

/// <summary>Copies of pictures turned clockwise or mirrored, point by point.</summary>
internal static class TurnedCopies
{
    /// <summary>A copy turned clockwise by 0, 90, 180 or 270 degrees.</summary>
    public static FaceImage Turn(FaceImage image, int degrees)
    {
        int width = image.Width,
            height = image.Height;
        return degrees switch
        {
            90 => Copy(image, height, width, (x, y) => (y, height - 1 - x)),
            180 => Copy(image, width, height, (x, y) => (width - 1 - x, height - 1 - y)),
            270 => Copy(image, height, width, (x, y) => (width - 1 - y, x)),
            _ => Copy(image, width, height, (x, y) => (x, y)),
        };
    }

    public static FaceImage Mirror(FaceImage image) => Copy(image, image.Width, image.Height, (x, y) => (image.Width - 1 - x, y));

    /// <summary>A picture of given size, each of whose points is taken from a point of another.</summary>
    public static FaceImage Copy(FaceImage image, int width, int height, Func<int, int, (int X, int Y)> from)
    {
        PixelView source = image.FullResolution;
        (int red, int green, int blue) = source.ChannelOffsets;
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        {
            (int sourceX, int sourceY) = from(x, y);
            ReadOnlySpan<byte> point = source.Row(sourceY)[(sourceX * source.BytesPerPixel)..];
            (pixels[3 * (y * width + x)], pixels[3 * (y * width + x) + 1], pixels[3 * (y * width + x) + 2]) = (
                point[red],
                point[green],
                point[blue]
            );
        }
        return FaceImage.FromPixels(new(pixels, width, height, 3 * width, PixelFormat.Rgb24), image.Name);
    }
}
