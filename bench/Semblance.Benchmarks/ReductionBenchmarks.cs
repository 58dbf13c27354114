using BenchmarkDotNet.Attributes;
using Semblance.Imaging;

namespace Semblance.Benchmarks;

/// <summary>Averaging 12 decoded megapixels down, as images that are no JPEG need it for detection.</summary>
[MemoryDiagnoser]
public class ReductionBenchmarks
{
    private PixelView _pixels;

    [GlobalSetup]
    public void Setup() => _pixels = BenchmarkPhoto.Pixels(BenchmarkPhoto.Width, BenchmarkPhoto.Height, PixelFormat.Rgbx32);

    [Benchmark]
    [Arguments(2)]
    [Arguments(4)]
    [Arguments(8)]
    public int Reduce(int factor)
    {
        (PixelView view, PixelBuffer owner) = BoxReduction.Reduce(_pixels, 0, 0, _pixels.Width, _pixels.Height, factor);
        owner.Dispose();
        return view.Width;
    }
}
