using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Tests.Runtime;

public class ManifestLayoutTests
{
    [Fact]
    public void Layout_follows_the_manifest()
    {
        TensorLayout layout = ManifestLayout.Of(
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

    [Fact]
    public void Manifest_is_refused_when_its_channels_are_unknown() =>
        Assert.Throws<ModelException>(() =>
            ManifestLayout.Of(
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
            ManifestLayout.Of(
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
