using FsCheck;
using FsCheck.Fluent;
using Semblance.Imaging;
using Semblance.Tests.Support;

namespace Semblance.Tests.Imaging;

public class AreaResamplerTests
{
    private static readonly TensorLayout Network = new(ChannelOrder.Bgr, new(104, 117, 123), new(1, 0.5f, 0.0078125f), 30);

    [Fact]
    public void Result_equals_adaptive_pooling_on_any_region()
    {
        Gen<(PixelView Pixels, int Left, int Top, int Width, int Height, int OutWidth, int OutHeight)> cases =
            from format in Gen.Elements(TestPixels.Formats)
            from width in Gen.Choose(1, 70)
            from height in Gen.Choose(1, 60)
            from gap in Gen.Choose(0, 5)
            from left in Gen.Choose(-40, 80)
            from top in Gen.Choose(-40, 70)
            from regionWidth in Gen.Choose(1, 90)
            from regionHeight in Gen.Choose(1, 90)
            from outWidth in Gen.Choose(1, 50)
            from outHeight in Gen.Choose(1, 50)
            from seed in Gen.Choose(0, 1000)
            select (TestPixels.Random(width, height, format, seed, gap), left, top, regionWidth, regionHeight, outWidth, outHeight);

        SeededProperty.Check(
            cases,
            c => AssertEqualsNaive(c.Pixels, c.Left, c.Top, c.Width, c.Height, c.OutWidth, c.OutHeight),
            count: 400
        );
    }

    [Theory]
    [InlineData(600, 900, 1, 1)]
    [InlineData(5, 1300, 5, 2)]
    [InlineData(700, 515, 3, 2)]
    public void Result_is_exact_when_windows_are_taller_than_sixteen_bits_can_sum(int width, int height, int outWidth, int outHeight)
    {
        byte[] white = new byte[width * height * 3];
        Array.Fill(white, (byte)255);
        PixelView pixels = new(white, width, height, width * 3, PixelFormat.Rgb24);
        float[] values = new float[3 * outWidth * outHeight];
        AreaResampler.Resize(pixels, 0, 0, width, height, outWidth, outHeight, TensorLayout.Plain, values);

        Assert.All(values, value => Assert.InRange(value, 254.999f, 255.001f));
        AssertEqualsNaive(TestPixels.Random(width, height, PixelFormat.Rgb24, seed: 2), 0, 0, width, height, outWidth, outHeight);
    }

    [Fact]
    public void Rows_equal_the_rows_of_the_whole()
    {
        PixelView pixels = TestPixels.Random(63, 47, PixelFormat.Rgbx32, seed: 4);
        float[] whole = new float[3 * 20 * 15],
            part = new float[3 * 20 * 4];
        AreaResampler.Resize(pixels, -3, -3, 69, 53, 20, 15, Network, whole);
        AreaResampler.ResizeRows(pixels, -3, -3, 69, 53, 20, 15, 6, 4, Network, part);

        for (int plane = 0; plane < 3; plane++)
            Assert.Equal(whole.AsSpan(plane * 300 + 6 * 20, 80), part.AsSpan(plane * 80, 80));
    }

    [Fact]
    public void Pixels_stay_as_they_are_when_the_size_stays()
    {
        PixelView pixels = TestPixels.Random(9, 6, PixelFormat.Bgrx32, seed: 6);
        float[] values = new float[3 * 9 * 6];
        AreaResampler.Resize(pixels, 0, 0, 9, 6, 9, 6, TensorLayout.Plain, values);

        for (int i = 0; i < 54; i++)
            Assert.Equal(pixels.At(i % 9, i / 9), ((int)values[i], (int)values[54 + i], (int)values[108 + i]));
    }

    [Fact]
    public void Padding_fills_the_result_when_the_region_lies_outside()
    {
        float[] values = new float[3 * 4 * 4];
        AreaResampler.Resize(TestPixels.Random(9, 6, PixelFormat.Rgb24, seed: 1), 100, 100, 8, 8, 4, 4, Network, values);

        Assert.All(values[..16], value => Assert.Equal(30 - 104, value, 1e-4f));
        Assert.All(values[32..], value => Assert.Equal((30 - 123) * 0.0078125f, value, 1e-6f));
    }

    [Theory]
    [InlineData(0, 5, 2, 2, 12)]
    [InlineData(5, 5, 0, 2, 12)]
    [InlineData(5, 5, 2, 2, 11)]
    public void Arguments_are_refused_when_they_make_no_sense(int width, int height, int outWidth, int outHeight, int length) =>
        Assert.Throws<ArgumentException>(() =>
            AreaResampler.Resize(
                TestPixels.Random(9, 6, PixelFormat.Rgb24, seed: 1),
                0,
                0,
                width,
                height,
                outWidth,
                outHeight,
                Network,
                new float[length]
            )
        );

    [Fact]
    public void Nothing_is_allocated()
    {
        PixelView pixels = TestPixels.Random(64, 48, PixelFormat.Rgbx32, seed: 1);
        float[] values = new float[3 * 24 * 24];
        AreaResampler.Resize(pixels, 0, 0, 40, 40, 24, 24, Network, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            AreaResampler.Resize(pixels, 0, 0, 40, 40, 24, 24, Network, values);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertEqualsNaive(PixelView pixels, int left, int top, int width, int height, int outWidth, int outHeight)
    {
        float[] values = new float[3 * outWidth * outHeight];
        AreaResampler.Resize(pixels, left, top, width, height, outWidth, outHeight, Network, values);
        for (int plane = 0; plane < 3; plane++)
        for (int y = 0; y < outHeight; y++)
        for (int x = 0; x < outWidth; x++)
        {
            double expected = Naive(pixels, left, top, width, height, outWidth, outHeight, x, y, 2 - plane);
            expected = (expected - Network.Mean[plane]) * Network.Scale[plane];
            Assert.Equal(expected, values[(plane * outHeight + y) * outWidth + x], 1e-3);
        }
    }

    private static double Naive(
        PixelView pixels,
        int left,
        int top,
        int width,
        int height,
        int outWidth,
        int outHeight,
        int x,
        int y,
        int channel
    )
    {
        int x0 = x * width / outWidth,
            x1 = (int)Math.Ceiling((x + 1.0) * width / outWidth);
        int y0 = y * height / outHeight,
            y1 = (int)Math.Ceiling((y + 1.0) * height / outHeight);
        double sum = 0;
        for (int v = y0; v < y1; v++)
        for (int u = x0; u < x1; u++)
            sum += pixels.Channel(left + u, top + v, channel, outside: 30);
        return sum / ((x1 - x0) * (y1 - y0));
    }
}
