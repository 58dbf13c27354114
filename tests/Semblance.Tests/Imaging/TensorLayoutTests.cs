using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Tests.Imaging;

public class TensorLayoutTests
{
    [Fact]
    public void Layout_follows_the_manifest()
    {
        TensorLayout layout = TensorLayout.From(
            "m",
            new()
            {
                Channels = "BGR",
                Mean = [104, 117, 123],
                Scale = [1, 2, 3],
                PadValue = 7,
            }
        );

        Assert.Equal(new(ChannelOrder.Bgr, new(104, 117, 123), new(1, 2, 3), 7), layout);
    }

    [Theory]
    [InlineData(PixelFormat.Rgb24, ChannelOrder.Rgb, 0, 1, 2)]
    [InlineData(PixelFormat.Bgrx32, ChannelOrder.Rgb, 2, 1, 0)]
    [InlineData(PixelFormat.Bgr24, ChannelOrder.Bgr, 0, 1, 2)]
    [InlineData(PixelFormat.Rgbx32, ChannelOrder.Bgr, 2, 1, 0)]
    [InlineData(PixelFormat.Gray8, ChannelOrder.Bgr, 0, 0, 0)]
    public void Planes_take_the_byte_of_their_colour(PixelFormat format, ChannelOrder order, int first, int second, int third) =>
        Assert.Equal((first, second, third), (TensorLayout.Plain with { Order = order }).Lanes(new PixelView(default, 1, 1, 4, format)));

    [Fact]
    public void Manifest_is_refused_when_its_channels_are_unknown() =>
        Assert.Throws<ModelException>(() =>
            TensorLayout.From(
                "m",
                new()
                {
                    Channels = "YUV",
                    Mean = [0, 0, 0],
                    Scale = [1, 1, 1],
                }
            )
        );

    [Fact]
    public void Manifest_is_refused_when_it_gives_two_means() =>
        Assert.Throws<ModelException>(() =>
            TensorLayout.From(
                "m",
                new()
                {
                    Channels = "RGB",
                    Mean = [0, 0],
                    Scale = [1, 1, 1],
                }
            )
        );
}
