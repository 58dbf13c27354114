using Semblance.Imaging;

namespace Semblance.Quality;

/// <summary>Brightness, contrast and sharpness of a crop's luminance.</summary>
/// <param name="Mean">Mean luminance, 0 to 255.</param>
/// <param name="Deviation">Standard deviation of the luminance.</param>
/// <param name="Sharpness">
/// Mean magnitude of the four-neighbour Laplacian over the standard deviation: how much of the contrast is fine detail. Independent of
/// exposure.
/// </param>
internal readonly record struct CropStatistics(double Mean, double Deviation, double Sharpness)
{
    public static CropStatistics Of(PixelView crop)
    {
        int side = crop.Width,
            height = crop.Height;
        (int red, int green, int blue) = crop.ChannelOffsets;
        int step = crop.BytesPerPixel;
        float[] luminance = new float[side * height];
        double sum = 0,
            squares = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = crop.Row(y);
            for (int x = 0; x < side; x++)
            {
                // ITU-R BT.601 luma.
                float value = 0.299f * row[x * step + red] + 0.587f * row[x * step + green] + 0.114f * row[x * step + blue];
                luminance[y * side + x] = value;
                sum += value;
                squares += value * value;
            }
        }
        double mean = sum / luminance.Length;
        double deviation = Math.Sqrt(Math.Max(0, squares / luminance.Length - mean * mean));
        double detail = 0;
        for (int y = 1; y < height - 1; y++)
        for (int i = y * side + 1; i < (y + 1) * side - 1; i++)
            detail += Math.Abs(4 * luminance[i] - luminance[i - 1] - luminance[i + 1] - luminance[i - side] - luminance[i + side]);
        detail /= Math.Max(1, (side - 2) * (height - 2));
        return new(mean, deviation, deviation < 1 ? 0 : detail / deviation);
    }
}
