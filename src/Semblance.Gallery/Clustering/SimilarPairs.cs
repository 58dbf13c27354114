using Semblance.Gallery.Search;
using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Clustering;

/// <summary>The graph whose edges are all pairs of faces that reach a threshold.</summary>
internal sealed unsafe class SimilarPairs(VectorRows rows, float threshold, int threads)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, rows.Count)];
    private readonly Lock _lock = new();

    /// <summary>Connected components: of every face the smallest face it is connected with.</summary>
    public int[] Components(CancellationToken cancellationToken)
    {
        int blocks = (rows.Count + FloatKernel.BlockRows - 1) / FloatKernel.BlockRows;
        Parallel.For(
            0,
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => new AlignedBuffer<float>(FloatKernel.BlockRows * FloatKernel.BlockRows),
            (first, _, dots) =>
            {
                for (int second = first; second < blocks; second++)
                    Compare(first * FloatKernel.BlockRows, second * FloatKernel.BlockRows, dots);
                return dots;
            },
            _ => { }
        );
        int[] components = [.. Enumerable.Range(0, rows.Count).Select(Find)];
        GC.KeepAlive(rows);
        return components;
    }

    /// <summary>Joins the similar pairs of two blocks.</summary>
    private void Compare(int first, int second, AlignedBuffer<float> dots)
    {
        FloatKernel.Multiply(
            rows.Values.Pointer + second * rows.Stride,
            rows.Values.Pointer + first * rows.Stride,
            FloatKernel.BlockRows,
            rows.Stride,
            dots.Pointer
        );
        int firstCount = Math.Min(FloatKernel.BlockRows, rows.Count - first),
            secondCount = Math.Min(FloatKernel.BlockRows, rows.Count - second);
        for (int a = 0; a < firstCount; a++)
        for (int b = 0; b < secondCount; b++)
            if (
                first + a < second + b
                && dots.Pointer[a * FloatKernel.BlockRows + b] + rows.Biases[first + a] + rows.Biases[second + b] >= threshold
            )
                Join(first + a, second + b);
    }

    private void Join(int a, int b)
    {
        lock (_lock)
        {
            (a, b) = (Find(a), Find(b));
            _parents[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    /// <summary>The root of a face's tree, halving the path on the way.</summary>
    private int Find(int face)
    {
        while (_parents[face] != face)
            face = _parents[face] = _parents[_parents[face]];
        return face;
    }
}
