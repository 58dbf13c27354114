using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Semblance.Detection;

namespace Semblance.Benchmarks;

/// <summary>Non-maximum suppression of a detector's candidates: clustered as on real faces, and scattered, where nearly all stay and every
/// pair is compared.</summary>
public class SuppressionBenchmarks
{
    private Vector128<float>[] _boxes = [];
    private float[] _scores = [];

    [Params(1_000, 10_000)]
    public int Candidates { get; set; }

    /// <summary>Faces that the candidates crowd around.</summary>
    [Params(50, 10_000)]
    public int Faces { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _boxes =
        [
            .. Enumerable
                .Range(0, Candidates)
                .Select(i =>
                {
                    float x = 40 * (i % Faces % 100) + random.Next(6),
                        y = 40 * (i % Faces / 100) + random.Next(6),
                        side = 24 + random.Next(8);
                    return Vector128.Create(x, y, x + side, y + side);
                }),
        ];
        _scores = [.. _boxes.Select(_ => random.NextSingle())];
    }

    [Benchmark]
    public int Select() => NonMaximumSuppression.Select(_boxes, _scores, 0.4f, OverlapMeasure.UnionInclusive).Count;
}
