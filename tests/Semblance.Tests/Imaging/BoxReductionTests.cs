using FsCheck;
using FsCheck.Fluent;
using Semblance.Imaging;
using Semblance.Tests.Support;

namespace Semblance.Tests.Imaging;

public class BoxReductionTests
{
    [Fact]
    public void Every_pixel_is_the_rounded_mean_of_its_box()
    {
        Gen<(PixelView Pixels, int Left, int Top, int Width, int Height, int Factor)> cases =
            from format in Gen.Elements(TestPixels.Formats)
            from width in Gen.Choose(1, 60)
            from height in Gen.Choose(1, 60)
            from left in Gen.Choose(0, width - 1)
            from top in Gen.Choose(0, height - 1)
            from regionWidth in Gen.Choose(1, width - left)
            from regionHeight in Gen.Choose(1, height - top)
            from factor in Gen.Choose(2, 17)
            from seed in Gen.Choose(0, 1000)
            select (TestPixels.Random(width, height, format, seed, gap: seed % 3), left, top, regionWidth, regionHeight, factor);

        SeededProperty.Check(cases, c =>
        {
            (PixelView reduced, PixelBuffer owner) = BoxReduction.Reduce(c.Pixels, c.Left, c.Top, c.Width, c.Height, c.Factor);
            for (int y = 0; y < reduced.Height; y++)
            for (int x = 0; x < reduced.Width; x++)
            {
                (int red, int green, int blue) = reduced.At(x, y);
                Assert.Equal(Mean(c, x, y, 0), red, 0.501);
                Assert.Equal(Mean(c, x, y, 1), green, 0.501);
                Assert.Equal(Mean(c, x, y, 2), blue, 0.501);
            }
            owner.Dispose();
        });
    }

    private static double Mean((PixelView Pixels, int Left, int Top, int Width, int Height, int Factor) c, int x, int y, int channel)
    {
        double sum = 0;
        int count = 0;
        for (int v = y * c.Factor; v < Math.Min(c.Height, (y + 1) * c.Factor); v++)
        for (int u = x * c.Factor; u < Math.Min(c.Width, (x + 1) * c.Factor); u++, count++)
            sum += c.Pixels.Channel(c.Left + u, c.Top + v, channel);
        return sum / count;
    }
}
