using System.Numerics;
using Semblance.Imaging;
using Semblance.Tests.Support;

namespace Semblance.Tests.Imaging;

public sealed class WeightedAreaResamplerTests
{
    [Fact]
    public void A_cell_counts_pixels_at_its_rim_by_their_share()
    {
        // Three grey pixels onto two: the middle one is shared half and half.
        PixelView row = new(new byte[] { 0, 90, 240 }, 3, 1, 3, PixelFormat.Gray8);
        float[] planes = new float[6];
        WeightedAreaResampler.Resize(row, 0, 0, 3, 1, 2, 1, TensorLayout.Plain, planes);
        // (0 + 45) / 1.5 = 30 and (45 + 240) / 1.5 = 190.
        Assert.Equal([30f, 190], planes[..2]);
    }

    [Fact]
    public void Values_are_whole_grey_levels_before_they_are_normalised()
    {
        PixelView row = new(new byte[] { 0, 1, 1 }, 3, 1, 3, PixelFormat.Gray8);
        float[] planes = new float[3];
        WeightedAreaResampler.Resize(row, 0, 0, 3, 1, 1, 1, TensorLayout.Plain with { Scale = new Vector3(10) }, planes);
        Assert.Equal(10, planes[0], 1e-5f);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_whole_ratio_gives_what_the_fast_resampler_gives(int ratio)
    {
        PixelView picture = TestPixels.Random(8 * ratio, 6 * ratio, PixelFormat.Rgb24, seed: ratio);
        float[] exact = new float[3 * 48],
            fast = new float[3 * 48];
        WeightedAreaResampler.Resize(picture, 0, 0, picture.Width, picture.Height, 8, 6, TensorLayout.Plain, exact);
        AreaResampler.Resize(picture, 0, 0, picture.Width, picture.Height, 8, 6, TensorLayout.Plain, fast);
        Assert.All(exact.Zip(fast), pair => Assert.InRange(MathF.Abs(pair.First - pair.Second), 0, 0.501f));
    }

    [Fact]
    public void What_lies_outside_holds_the_pad_value()
    {
        PixelView dot = new(new byte[] { 100 }, 1, 1, 1, PixelFormat.Gray8);
        float[] planes = new float[12];
        WeightedAreaResampler.Resize(dot, -1, -1, 2, 2, 2, 2, TensorLayout.Plain with { PadValue = 7 }, planes);
        Assert.Equal([7f, 7, 7, 100], planes[..4]);
    }

    [Fact]
    public void Enlarging_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            WeightedAreaResampler.Resize(TestPixels.Smooth(4, 4, PixelFormat.Rgb24), 0, 0, 4, 4, 5, 4, TensorLayout.Plain, new float[60])
        );
}
