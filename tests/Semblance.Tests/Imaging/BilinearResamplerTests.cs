using FsCheck;
using FsCheck.Fluent;
using Semblance.Imaging;
using Semblance.Tests.Support;

namespace Semblance.Tests.Imaging;

public class BilinearResamplerTests
{
    private static readonly TensorLayout Network = new(ChannelOrder.Rgb, new(10, 20, 30), new(0.5f, 0.25f, 2), 50);

    [Fact]
    public void Result_equals_interpolation_between_pixel_centres_on_any_region()
    {
        Gen<(PixelView Pixels, int Left, int Top, int Width, int Height, int OutWidth, int OutHeight)> cases =
            from format in Gen.Elements(TestPixels.Formats)
            from width in Gen.Choose(1, 30)
            from height in Gen.Choose(1, 30)
            from left in Gen.Choose(-20, 30)
            from top in Gen.Choose(-20, 30)
            from regionWidth in Gen.Choose(1, 40)
            from regionHeight in Gen.Choose(1, 40)
            from outWidth in Gen.Choose(1, 60)
            from outHeight in Gen.Choose(1, 60)
            from seed in Gen.Choose(0, 1000)
            select (TestPixels.Random(width, height, format, seed), left, top, regionWidth, regionHeight, outWidth, outHeight);

        SeededProperty.Check(cases, c =>
        {
            float[] values = new float[3 * c.OutWidth * c.OutHeight];
            BilinearResampler.Resize(c.Pixels, c.Left, c.Top, c.Width, c.Height, c.OutWidth, c.OutHeight, Network, values);
            for (int plane = 0; plane < 3; plane++)
            for (int y = 0; y < c.OutHeight; y++)
            for (int x = 0; x < c.OutWidth; x++)
            {
                double sx = Math.Clamp((x + 0.5) * c.Width / c.OutWidth - 0.5, 0, c.Width - 1);
                double sy = Math.Clamp((y + 0.5) * c.Height / c.OutHeight - 0.5, 0, c.Height - 1);
                double expected = Interpolate(c.Pixels, c.Left, c.Top, sx, sy, plane);
                Assert.Equal(
                    (expected - Network.Mean[plane]) * Network.Scale[plane],
                    values[(plane * c.OutHeight + y) * c.OutWidth + x],
                    2e-3
                );
            }
        });
    }

    [Fact]
    public void Enlarging_repeats_the_border()
    {
        PixelView pixels = new(new byte[] { 0, 100 }, 2, 1, 2, PixelFormat.Gray8);
        float[] values = new float[3 * 4];
        BilinearResampler.Resize(pixels, 0, 0, 2, 1, 4, 1, TensorLayout.Plain, values);

        Assert.Equal([0, 25, 75, 100], values[..4]);
    }

    private static double Interpolate(PixelView pixels, int left, int top, double x, double y, int channel)
    {
        int x0 = (int)x,
            y0 = (int)y;
        double fx = x - x0,
            fy = y - y0,
            value = 0;
        foreach (
            (int dx, int dy, double weight) in new[]
            {
                (0, 0, (1 - fx) * (1 - fy)),
                (1, 0, fx * (1 - fy)),
                (0, 1, (1 - fx) * fy),
                (1, 1, fx * fy),
            }
        )
            if (weight > 0)
                value += weight * pixels.Channel(left + x0 + dx, top + y0 + dy, channel, outside: 50);
        return value;
    }
}
