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

    /// <summary>Why nothing can be said about the face; null when something can.</summary>
    /// <param name="minimumSide">Pixels across that the network needs.</param>
    public string? FindObstacle(double minimumSide)
    {
        if (SourceSide < minimumSide)
            return Invariant($"face too small ({SourceSide:0} px, {minimumSide:0} needed)");
        CropStatistics statistics = CropStatistics.Of(Pixels);
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
