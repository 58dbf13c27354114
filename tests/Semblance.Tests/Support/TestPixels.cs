using Semblance.Imaging;

namespace Semblance.Tests.Support;

/// <summary>Pixel views with known content.</summary>
internal static class TestPixels
{
    public static PixelFormat[] Formats => Enum.GetValues<PixelFormat>();

    public static int BytesPerPixel(PixelFormat format) => new PixelView(default, 0, 0, 0, format).BytesPerPixel;

    /// <summary>Random pixels; rows are <paramref name="gap"/> bytes longer than they need to be, and the memory ends with the last
    /// pixel.</summary>
    public static PixelView Random(int width, int height, PixelFormat format, int seed, int gap = 0)
    {
        int row = width * BytesPerPixel(format),
            stride = row + gap;
        byte[] bytes = new byte[stride * (height - 1) + row];
        new Random(seed).NextBytes(bytes);
        return new(bytes, width, height, stride, format);
    }

    /// <summary>Smooth pixels, as photographs are: a sum of two waves in every channel.</summary>
    public static PixelView Smooth(int width, int height, PixelFormat format)
    {
        int step = BytesPerPixel(format);
        byte[] bytes = new byte[width * height * step];
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        for (int c = 0; c < step; c++)
            bytes[(y * width + x) * step + c] = (byte)(128 + 60 * Math.Sin(x * 0.05 + c) + 60 * Math.Cos(y * 0.04 - c));
        return new(bytes, width, height, width * step, format);
    }

    /// <summary>A picture inside a larger black one.</summary>
    public static PixelView Framed(PixelView picture, int width, int height, int left, int top)
    {
        byte[] bytes = new byte[width * height * 3];
        for (int y = 0; y < picture.Height; y++)
        for (int x = 0; x < picture.Width; x++)
        {
            int at = ((y + top) * width + x + left) * 3;
            (int red, int green, int blue) = picture.At(x, y);
            (bytes[at], bytes[at + 1], bytes[at + 2]) = ((byte)red, (byte)green, (byte)blue);
        }
        return new(bytes, width, height, width * 3, PixelFormat.Rgb24);
    }

    /// <summary>Red, green and blue of a pixel.</summary>
    public static (int Red, int Green, int Blue) At(this PixelView pixels, int x, int y)
    {
        ReadOnlySpan<byte> pixel = pixels.Row(y).Slice(x * pixels.BytesPerPixel, pixels.BytesPerPixel);
        return pixels.Format switch
        {
            PixelFormat.Gray8 => (pixel[0], pixel[0], pixel[0]),
            PixelFormat.Rgb24 or PixelFormat.Rgbx32 => (pixel[0], pixel[1], pixel[2]),
            _ => (pixel[2], pixel[1], pixel[0]),
        };
    }

    /// <summary>One channel, 0 red to 2 blue; <paramref name="outside"/> beyond the border.</summary>
    public static double Channel(this PixelView pixels, int x, int y, int channel, double outside = 0)
    {
        if (x < 0 || y < 0 || x >= pixels.Width || y >= pixels.Height)
            return outside;
        (int red, int green, int blue) = pixels.At(x, y);
        return channel switch
        {
            0 => red,
            1 => green,
            _ => blue,
        };
    }

    /// <summary>Mean and largest difference of two images of one size, over three channels.</summary>
    public static (double Mean, int Max) Difference(PixelView a, PixelView b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        long sum = 0;
        int max = 0;
        for (int y = 0; y < a.Height; y++)
        for (int x = 0; x < a.Width; x++)
        {
            (int r, int g, int bl) = a.At(x, y);
            (int r2, int g2, int b2) = b.At(x, y);
            int dr = Math.Abs(r - r2),
                dg = Math.Abs(g - g2),
                db = Math.Abs(bl - b2);
            sum += dr + dg + db;
            max = Math.Max(max, Math.Max(dr, Math.Max(dg, db)));
        }
        return (sum / (3.0 * a.Width * a.Height), max);
    }
}
