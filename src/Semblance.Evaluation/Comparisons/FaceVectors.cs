using System.Numerics;
using System.Runtime.InteropServices;
using Semblance.Embedding;

namespace Semblance.Evaluation.Comparisons;

/// <summary>The embeddings of a set in one block of memory, and what is taken off a similarity to get a score.</summary>
internal sealed class FaceVectors
{
    /// <summary>What is done with a pair.</summary>
    internal delegate void PairAction(int i, int j, float similarity, float score);

    /// <summary>Rows that are compared with as many others while both stay in the cache.</summary>
    private const int Tile = 64;

    private readonly float[] _rows;
    private readonly float[] _halfBaselines;
    private readonly float[] _handicaps;
    private readonly int _stride;

    private FaceVectors(float[] rows, float[] halfBaselines, float[] handicaps, int stride) =>
        (_rows, _halfBaselines, _handicaps, _stride) = (rows, halfBaselines, handicaps, stride);

    public int Count => _halfBaselines.Length;

    /// <summary>Copies embeddings of one contract.</summary>
    /// <exception cref="EmbeddingMismatchException">They have several.</exception>
    public static FaceVectors Of(IReadOnlyList<ComparedFace> faces)
    {
        if (faces.Count == 0)
            return new([], [], [], 0);
        FaceEmbedding first = faces[0].Embedding;
        int stride = (first.Dimension + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        float[] rows = new float[checked(stride * faces.Count)],
            halves = new float[faces.Count],
            handicaps = new float[faces.Count];
        for (int i = 0; i < faces.Count; i++)
        {
            FaceEmbedding embedding = faces[i].Embedding;
            if (embedding.Contract != first.Contract || embedding.Dimension != first.Dimension)
                throw new EmbeddingMismatchException(first.Contract, embedding.Contract);
            embedding.Vector.Span.CopyTo(rows.AsSpan(i * stride));
            (halves[i], handicaps[i]) = ((float)(faces[i].Baseline / 2), (float)faces[i].Handicap);
        }
        return new(rows, halves, handicaps, stride);
    }

    /// <summary>Scores of all pairs i &lt; j with i in a band of rows, tile by tile.</summary>
    /// <param name="from">First row of the band.</param>
    /// <param name="to">Row behind the last one.</param>
    /// <param name="use">Takes the positions of a pair, its similarity and its score.</param>
    public void CompareBand(int from, int to, PairAction use)
    {
        for (int tile = from; tile < Count; tile += Tile)
        {
            int end = Math.Min(Count, tile + Tile);
            for (int i = from; i < to; i++)
            {
                ReadOnlySpan<Vector<float>> row = Row(i);
                for (int j = Math.Max(tile, i + 1); j < end; j++)
                {
                    float similarity = Dot(row, Row(j));
                    float handicap = Math.Max(_handicaps[i], _handicaps[j]);
                    use(i, j, similarity, similarity - _halfBaselines[i] - _halfBaselines[j] - handicap);
                }
            }
        }
    }

    /// <summary>Bands of rows of about equal work, to be spread over threads.</summary>
    public IEnumerable<(int From, int To)> Bands()
    {
        for (int from = 0; from < Count; from += Tile)
            yield return (from, Math.Min(Count, from + Tile));
    }

    private ReadOnlySpan<Vector<float>> Row(int i) => MemoryMarshal.Cast<float, Vector<float>>(_rows.AsSpan(i * _stride, _stride));

    private static float Dot(ReadOnlySpan<Vector<float>> a, ReadOnlySpan<Vector<float>> b)
    {
        Vector<float> even = Vector<float>.Zero,
            odd = Vector<float>.Zero;
        int i = 0;
        for (; i + 1 < a.Length && i + 1 < b.Length; i += 2)
        {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        if (i < a.Length)
            even += a[i] * b[i];
        return Vector.Sum(even + odd);
    }
}
