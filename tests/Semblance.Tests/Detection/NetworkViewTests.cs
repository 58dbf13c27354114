using Semblance.Detection;
using Semblance.Imaging;

namespace Semblance.Tests.Detection;

public sealed class NetworkViewTests
{
    private const int Side = 600;

    [Fact]
    public void A_second_look_averages_what_is_much_larger()
    {
        // Every other pixel is white; samples alone would be white or black.
        byte[] pixels = new byte[Side * Side];
        for (int y = 0; y < Side; y++)
        for (int x = 0; x < Side; x++)
            pixels[y * Side + x] = (byte)((x + y) % 2 * 254);
        using FaceImage image = FaceImage.FromPixels(new(pixels, Side, Side, Side, PixelFormat.Gray8));
        _ = image.FullResolution;
        NetworkView view = NetworkView.Again(image, 0.1, multiple: 1);
        Assert.Equal((Side, 60), (view.RegionWidth, view.Width));
        float[] values = new float[3 * view.Width * view.Height];
        view.Read(TensorLayout.Plain, values);
        Assert.All(values, value => Assert.Equal(127, value, 1f));
        Assert.Equal(new(300, 150), view.ToImage(new(30, 15)));
    }
}
