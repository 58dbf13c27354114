using BenchmarkDotNet.Attributes;
using Semblance.Imaging;

namespace Semblance.Benchmarks;

/// <summary>What MTCNN asks of the resampler: its image pyramid (min face 20, factor 0.709) of 640 x 480, and crops for its second
/// stage.</summary>
[MemoryDiagnoser]
public class AreaResamplerBenchmarks
{
    private const int Width = 640,
        Height = 480;
    private const double Factor = 0.709;

    private readonly float[] _planes = new float[3 * Width * Height];
    private readonly TensorLayout _layout = TensorLayout.Plain with { Mean = new(127.5f), Scale = new(0.0078125f) };
    private PixelView _pixels;

    [Params(PixelFormat.Rgbx32, PixelFormat.Rgb24)]
    public PixelFormat Format { get; set; }

    [GlobalSetup]
    public void Setup() => _pixels = BenchmarkPhoto.Pixels(Width, Height, Format);

    [Benchmark]
    public int Pyramid()
    {
        int levels = 0;
        for (double scale = 12.0 / 20; Height * scale >= 12; scale *= Factor, levels++)
            AreaResampler.Resize(_pixels, 0, 0, Width, Height, (int)(Width * scale + 1), (int)(Height * scale + 1), _layout, _planes);
        return levels;
    }

    [Benchmark]
    public void Crop24() => AreaResampler.Resize(_pixels, 300, 200, 40, 40, 24, 24, _layout, _planes);

    [Benchmark]
    public void Crop48() => AreaResampler.Resize(_pixels, 300, 200, 90, 90, 48, 48, _layout, _planes);
}
