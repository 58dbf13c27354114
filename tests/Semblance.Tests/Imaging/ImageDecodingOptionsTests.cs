using Semblance.Imaging;

namespace Semblance.Tests.Imaging;

public class ImageDecodingOptionsTests
{
    [Fact]
    public void Defaults_are_100_million_pixels_and_256_MiB() =>
        Assert.Equal((100_000_000L, 268_435_456L), (ImageDecodingOptions.Default.PixelLimit, ImageDecodingOptions.Default.ByteLimit));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(536_870_912)]
    public void Pixel_limit_is_refused_when_no_memory_block_could_hold_it(long limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageDecodingOptions { PixelLimit = limit });
}
