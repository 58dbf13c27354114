using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Semblance.Runtime;

namespace Semblance.Detection;

/// <summary>How the overlap of two boxes is measured.</summary>
internal enum OverlapMeasure
{
    /// <summary>Intersection over union of continuous boxes.</summary>
    Union,

    /// <summary>Intersection over the smaller area, sides counted in whole pixels (+1): MTCNN's last suppression.</summary>
    MinimumInclusive,

    /// <summary>Intersection over union, sides counted in whole pixels (+1): RetinaFace and SCRFD.</summary>
    UnionInclusive,
}

/// <summary>
/// Greedy non-maximum suppression: the best box stays and removes all that overlap it too much, then the best of the rest.
/// Eight kept boxes are compared at a time, so ten thousand candidates take milliseconds.
/// </summary>
internal static class NonMaximumSuppression
{
    /// <summary>Finds the boxes that stay.</summary>
    /// <param name="boxes">Corners: left, top, right, bottom.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="threshold">A box goes when its overlap with a better one is larger.</param>
    /// <param name="measure">How overlap is measured.</param>
    /// <returns>Indexes of the boxes that stay, highest score first; equal scores in the order given.</returns>
    public static List<int> Select(
        ReadOnlySpan<Vector128<float>> boxes,
        ReadOnlySpan<float> scores,
        float threshold,
        OverlapMeasure measure
    )
    {
        int[] order = ArrayPool<int>.Shared.Rent(boxes.Length);
        float[] keys = Scratch.Floats.Rent(boxes.Length);
        KeptBoxes kept = new(boxes.Length, measure);
        try
        {
            List<int> result = [];
            for (int i = 0; i < boxes.Length; i++)
                (order[i], keys[i]) = (i, -scores[i]);
            StableSort(keys.AsSpan(0, boxes.Length), order.AsSpan(0, boxes.Length));
            foreach (int i in order.AsSpan(0, boxes.Length))
            {
                if (kept.AnyOverlaps(boxes[i], threshold))
                    continue;
                kept.Add(boxes[i]);
                result.Add(i);
            }
            return result;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(order);
            Scratch.Floats.Return(keys);
            kept.Dispose();
        }
    }

    private static void StableSort(Span<float> keys, Span<int> order)
    {
        keys.Sort(order);
        // Span.Sort is not stable: put runs of equal keys back into the order given.
        for (int start = 0, end; start < keys.Length; start = end)
        {
            end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
                end++;
            if (end - start > 1)
                order[start..end].Sort();
        }
    }

    /// <summary>The boxes kept so far, as columns for vector comparison.</summary>
    private struct KeptBoxes(int capacity, OverlapMeasure measure) : IDisposable
    {
        private readonly float _extra = measure == OverlapMeasure.Union ? 0 : 1;
        private readonly int _column = capacity + Vector256<float>.Count;
        private readonly float[] _values = Scratch.Floats.Rent(5 * (capacity + Vector256<float>.Count));
        private int _count;

        public void Add(Vector128<float> box)
        {
            for (int c = 0; c < 4; c++)
                _values[c * _column + _count] = box[c];
            _values[4 * _column + _count] = AreaOf(box);
            _count++;
        }

        public readonly bool AnyOverlaps(Vector128<float> box, float threshold)
        {
            ref float values = ref MemoryMarshal.GetArrayDataReference(_values);
            Vector256<float> left = Vector256.Create(box[0]),
                top = Vector256.Create(box[1]);
            Vector256<float> right = Vector256.Create(box[2]),
                bottom = Vector256.Create(box[3]);
            Vector256<float> area = Vector256.Create(AreaOf(box)),
                extra = Vector256.Create(_extra),
                limit = Vector256.Create(threshold);
            for (int i = 0; i < _count; i += Vector256<float>.Count)
            {
                Vector256<float> w = Vector256.Min(right, Load(ref values, 2, i)) - Vector256.Max(left, Load(ref values, 0, i)) + extra;
                Vector256<float> h = Vector256.Min(bottom, Load(ref values, 3, i)) - Vector256.Max(top, Load(ref values, 1, i)) + extra;
                Vector256<float> overlap = Vector256.Max(w, Vector256<float>.Zero) * Vector256.Max(h, Vector256<float>.Zero);
                Vector256<float> other = Load(ref values, 4, i);
                Vector256<float> whole = measure == OverlapMeasure.MinimumInclusive ? Vector256.Min(area, other) : area + other - overlap;
                uint hits = Vector256.GreaterThan(overlap / whole, limit).ExtractMostSignificantBits();
                // The lanes behind the last box hold whatever the pooled array held.
                int valid = Math.Min(_count - i, Vector256<float>.Count);
                if ((hits & ((1u << valid) - 1)) != 0)
                    return true;
            }
            return false;
        }

        public readonly void Dispose() => Scratch.Floats.Return(_values);

        private readonly Vector256<float> Load(ref float values, int column, int index) =>
            Vector256.LoadUnsafe(ref values, (nuint)(column * _column + index));

        private readonly float AreaOf(Vector128<float> box) => (box[2] - box[0] + _extra) * (box[3] - box[1] + _extra);
    }
}
