namespace Semblance.Imaging;

/// <summary>Halves a picture: every pixel is the mean of two by two. An odd last row or column is left out, so the scale is exactly one half.</summary>
internal static class PixelHalving
{
    public static NativePixels Halve(PixelView source)
    {
        int width = source.Width / 2, height = source.Height / 2, step = source.BytesPerPixel;
        (int red, int green, int blue) = source.ChannelOffsets;
        NativePixels half = new(width, height, PixelFormat.Rgbx32);
        Span<byte> target = half.GetSpan();
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> upper = source.Row(2 * y), lower = source.Row(2 * y + 1);
            Span<byte> row = target.Slice(y * half.Stride, half.Stride);
            for (int x = 0; x < width; x++)
            {
                int i = 2 * x * step;
                row[4 * x] = Mean(upper, lower, i + red, step);
                row[4 * x + 1] = Mean(upper, lower, i + green, step);
                row[4 * x + 2] = Mean(upper, lower, i + blue, step);
                row[4 * x + 3] = 255;
            }
        }
        return half;
    }

    private static byte Mean(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int i, int step) =>
        (byte)((upper[i] + upper[i + step] + lower[i] + lower[i + step] + 2) >> 2);
}
