using BenchmarkDotNet.Attributes;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Benchmarks;

/// <summary>A 12-megapixel JPEG for detection: decoded whole and resized with antialiasing to 640 wide, or at the reduced scale that
/// suffices.</summary>
[MemoryDiagnoser]
public class DecodingBenchmarks
{
    private const int DetectionWidth = 640;

    private byte[] _jpeg = [];

    [GlobalSetup]
    public void Setup() => _jpeg = BenchmarkPhoto.Jpeg();

    [Benchmark(Baseline = true)]
    public int FullDecodeAndAntialiasedResize()
    {
        using SKBitmap full = SKBitmap.Decode(_jpeg);
        SKImageInfo small = new(DetectionWidth, full.Height * DetectionWidth / full.Width);
        using SKBitmap resized = full.Resize(small, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return resized.Width;
    }

    [Benchmark]
    public int FullDecode()
    {
        using FaceImage image = FaceImage.FromBytes(_jpeg, "bench");
        return image.FullResolution.Width;
    }

    [Benchmark]
    [Arguments(2)]
    [Arguments(4)]
    [Arguments(8)]
    public int Reduced(int divisor)
    {
        using FaceImage image = FaceImage.FromBytes(_jpeg, "bench");
        return image.AtScale(1.0 / divisor).Pixels.Width;
    }
}
