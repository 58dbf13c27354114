using Semblance.Imaging;
using Semblance.Quality;
using static System.FormattableString;

namespace Semblance.Attributes;

/// <summary>A face as an attribute network sees it.</summary>
/// <param name="Pixels">Square, RGB.</param>
/// <param name="SourceSide">Pixels of the picture across the crop.</param>
internal sealed record AttributeCrop(PixelView Pixels, double SourceSide)
{
    private const double DarkestMean = 12,
        BrightestMean = 246,
        FlattestDeviation = 5,
        SoftestDetail = 0.01;

    private CropStatistics? _statistics;

    /// <summary>Brightness, contrast and sharpness.</summary>
    public CropStatistics Statistics => _statistics ??= CropStatistics.Of(Pixels);

    /// <summary>Mean spread between the largest and the smallest channel of a pixel, of 255: next to nothing on a grey picture.</summary>
    public double ChannelSpread()
    {
        long sum = 0;
        for (int y = 0; y < Pixels.Height; y++)
        {
            ReadOnlySpan<byte> row = Pixels.Row(y);
            for (int x = 0; x < row.Length; x += 3)
                sum += Math.Max(row[x], Math.Max(row[x + 1], row[x + 2])) - Math.Min(row[x], Math.Min(row[x + 1], row[x + 2]));
        }
        return (double)sum / (Pixels.Width * Pixels.Height);
    }

    /// <summary>Why nothing can be said about the face; null when something can.</summary>
    /// <param name="minimumSide">Pixels across that the network needs.</param>
    public string? FindObstacle(double minimumSide)
    {
        if (SourceSide < minimumSide)
            return Invariant($"face too small ({SourceSide:0} px, {minimumSide:0} needed)");
        CropStatistics statistics = Statistics;
        if (statistics.Mean < DarkestMean)
            return Invariant($"too dark (mean brightness {statistics.Mean:0} of 255, {DarkestMean:0} needed)");
        if (statistics.Mean > BrightestMean)
            return Invariant($"overexposed (mean brightness {statistics.Mean:0} of 255, at most {BrightestMean:0})");
        if (statistics.Deviation < FlattestDeviation)
            return Invariant($"no contrast ({statistics.Deviation:0} of 255, {FlattestDeviation:0} needed)");
        return statistics.Sharpness < SoftestDetail
            ? Invariant($"too blurred (sharpness {statistics.Sharpness:0.000}, {SoftestDetail:0.000} needed)")
            : null;
    }
}
