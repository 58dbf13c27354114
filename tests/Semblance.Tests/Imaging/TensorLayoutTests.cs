using Semblance.Imaging;

namespace Semblance.Tests.Imaging;

public class TensorLayoutTests
{
    [Theory]
    [InlineData(PixelFormat.Rgb24, ChannelOrder.Rgb, 0, 1, 2)]
    [InlineData(PixelFormat.Bgrx32, ChannelOrder.Rgb, 2, 1, 0)]
    [InlineData(PixelFormat.Bgr24, ChannelOrder.Bgr, 0, 1, 2)]
    [InlineData(PixelFormat.Rgbx32, ChannelOrder.Bgr, 2, 1, 0)]
    [InlineData(PixelFormat.Gray8, ChannelOrder.Bgr, 0, 0, 0)]
    public void Planes_take_the_byte_of_their_colour(PixelFormat format, ChannelOrder order, int first, int second, int third) =>
        Assert.Equal((first, second, third), (TensorLayout.Plain with { Order = order }).Lanes(new PixelView(default, 1, 1, 4, format)));
}
