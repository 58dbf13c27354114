using Semblance.Gallery.Search;
using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Clustering;

/// <summary>Vectors one behind the other, padded to whole blocks of rows, as the kernels want them.</summary>
internal sealed unsafe class VectorRows
{
    /// <summary>Takes vectors.</summary>
    /// <param name="vectors">Unit vectors of one dimension.</param>
    /// <param name="biases">What is added to a product with each; null for nothing.</param>
    public VectorRows(IReadOnlyList<ReadOnlyMemory<float>> vectors, float[]? biases = null)
    {
        Biases = biases ?? new float[vectors.Count];
        Count = vectors.Count;
        int dimension = Count == 0 ? FloatKernel.StrideComponents : vectors[0].Length;
        Stride = (dimension + FloatKernel.StrideComponents - 1) / FloatKernel.StrideComponents * FloatKernel.StrideComponents;
        int blocks = (Count + FloatKernel.BlockRows - 1) / FloatKernel.BlockRows;
        Values = new(blocks * FloatKernel.BlockRows * Stride);
        Values.Span.Clear();
        for (int i = 0; i < Count; i++)
            vectors[i].Span.CopyTo(Row(i));
    }

    public int Count { get; }

    /// <summary>What is added to a product with each vector: minus half its baseline.</summary>
    public float[] Biases { get; }

    /// <summary>Components of a row with padding.</summary>
    public int Stride { get; }

    /// <summary>[count rounded up to blocks, stride].</summary>
    public AlignedBuffer<float> Values { get; }

    public Span<float> Row(int index) => Values.Span.Slice(index * Stride, Stride);

    /// <summary>A group's faces, the most similar to all others first, and the mean cosine over its pairs.</summary>
    public (IReadOnlyList<int> Faces, double MeanSimilarity) ByTypicality(IReadOnlyList<int> group)
    {
        if (group.Count == 1)
            return (group, 1);
        AlignedBuffer<float> sum = new(Stride);
        sum.Span.Clear();
        foreach (int face in group)
            Add(Row(face), sum.Span);
        (int Face, double Toward)[] toward =
        [
            .. group.Select(face => (face, (double)FloatKernel.Dot(Values.Pointer + face * Stride, sum.Pointer, Stride))),
        ];
        // A unit vector's product with the sum holds the product with itself.
        double pairs = toward.Sum(item => item.Toward) - group.Count;
        return (
            [.. toward.OrderByDescending(item => item.Toward).ThenBy(item => item.Face).Select(item => item.Face)],
            pairs / ((double)group.Count * (group.Count - 1))
        );
    }

    /// <summary>Adds a vector to another.</summary>
    public static void Add(ReadOnlySpan<float> vector, Span<float> sum)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += vector[i];
    }
}
