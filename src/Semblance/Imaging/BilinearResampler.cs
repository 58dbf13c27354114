namespace Semblance.Imaging;

/// <summary>
/// Resizes by linear interpolation between pixel centres (half-pixel convention); the region may reach outside the picture. For enlarging: when
/// shrinking it would skip pixels, use <see cref="AreaResampler"/>.
/// </summary>
internal static class BilinearResampler
{
    /// <inheritdoc cref="AreaResampler.Resize"/>
    public static void Resize(
        PixelView source, int left, int top, int width, int height, int outWidth, int outHeight, in TensorLayout layout, Span<float> destination)
    {
        (int red, int green, int blue) = source.ChannelOffsets;
        ReadOnlySpan<int> offsets = layout.Order == ChannelOrder.Rgb ? [red, green, blue] : [blue, green, red];
        ReadOnlySpan<byte> pixels = source.Memory.Span;
        for (int y = 0; y < outHeight; y++)
        {
            (int y0, int y1, float fy) = Neighbours(y, height, outHeight, top);
            for (int x = 0; x < outWidth; x++)
            {
                (int x0, int x1, float fx) = Neighbours(x, width, outWidth, left);
                for (int plane = 0; plane < 3; plane++)
                {
                    int offset = offsets[plane];
                    float upper = Lerp(Value(source, pixels, x0, y0, offset, layout.PadValue), Value(source, pixels, x1, y0, offset, layout.PadValue), fx);
                    float lower = Lerp(Value(source, pixels, x0, y1, offset, layout.PadValue), Value(source, pixels, x1, y1, offset, layout.PadValue), fx);
                    destination[(plane * outHeight + y) * outWidth + x] = (Lerp(upper, lower, fy) - layout.Mean(plane)) * layout.Scale(plane);
                }
            }
        }
    }

    private static (int First, int Second, float Fraction) Neighbours(int cell, int size, int cells, int origin)
    {
        float position = Math.Clamp((cell + 0.5f) * size / cells - 0.5f, 0, size - 1);
        int first = (int)position;
        return (origin + first, origin + Math.Min(first + 1, size - 1), position - first);
    }

    private static float Lerp(float a, float b, float t) => a + (b - a) * t;

    private static float Value(PixelView source, ReadOnlySpan<byte> pixels, int x, int y, int offset, float pad) =>
        (uint)x < (uint)source.Width && (uint)y < (uint)source.Height ? pixels[y * source.Stride + x * source.BytesPerPixel + offset] : pad;
}
