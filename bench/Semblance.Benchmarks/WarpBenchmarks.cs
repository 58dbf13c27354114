using BenchmarkDotNet.Attributes;
using OpenCvSharp;
using Semblance.Alignment;
using Semblance.Geometry;
using Semblance.Imaging;

namespace Semblance.Benchmarks;

/// <summary>One 112 x 112 crop from 1600 x 1200, at angle and size of an ordinary face; OpenCV on one thread.</summary>
[MemoryDiagnoser]
public class WarpBenchmarks : IDisposable
{
    private const int Size = 112;

    private readonly byte[] _crop = new byte[Size * Size * 3];
    private PixelView _rgb24;
    private PixelView _rgbx32;
    private SimilarityTransform _transform;
    private Mat _source = null!;
    private Mat _target = null!;
    private Mat _matrix = null!;

    [GlobalSetup]
    public void Setup()
    {
        Cv2.SetNumThreads(1);
        _rgb24 = BenchmarkPhoto.Pixels(1600, 1200, PixelFormat.Rgb24);
        _rgbx32 = BenchmarkPhoto.Pixels(1600, 1200, PixelFormat.Rgbx32);
        double scale = 0.4,
            angle = 0.2;
        double a = scale * Math.Cos(angle),
            b = scale * Math.Sin(angle);
        _transform = new(a, b, Size / 2 - (a * 800 - b * 600), Size / 2 - (b * 800 + a * 600));
        _source = Mat.FromPixelData(1200, 1600, MatType.CV_8UC3, _rgb24.Memory.ToArray());
        _target = new Mat(Size, Size, MatType.CV_8UC3);
        _matrix = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new[] { a, -b, _transform.Tx, b, a, _transform.Ty });
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
        _matrix.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void OpenCvWarpAffine() => Cv2.WarpAffine(_source, _target, _matrix, new Size(Size, Size));

    [Benchmark]
    public void Rgb24() => BilinearWarp.Warp(_rgb24, _transform, Size, Size, _crop);

    [Benchmark]
    public void Rgbx32() => BilinearWarp.Warp(_rgbx32, _transform, Size, Size, _crop);

    [Benchmark]
    public void Rgbx32Portable() => BilinearWarp.WarpPortable(_rgbx32, _transform, Size, Size, _crop);
}
