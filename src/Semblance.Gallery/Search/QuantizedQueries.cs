using Semblance.Gallery.Search.Kernels;

namespace Semblance.Gallery.Search;

/// <summary>A block of queries as the kernel takes them, with what is known about their errors.</summary>
internal sealed class QuantizedQueries
{
    /// <summary>Parts of the largest magnitude at which components are cut; the one with the smallest error is taken.</summary>
    private static readonly float[] Ranges = [1, 0.9f, 0.8f, 0.7f, 0.6f, 0.5f];

    /// <summary>Quantises a block.</summary>
    /// <param name="queries">[count, dimension].</param>
    /// <param name="count">Number of queries.</param>
    /// <param name="dimension">Components of a query.</param>
    /// <param name="stride">Components with padding.</param>
    /// <param name="levels">Largest magnitude of a quantised component.</param>
    public QuantizedQueries(ReadOnlySpan<float> queries, int count, int dimension, int stride, int levels)
    {
        Count = count;
        Exact = PaddedQueries.Create(queries, count, dimension, stride, Int8Kernel.QueryGroup);
        Codes = new(Exact.Length);
        Codes.Span.Clear();
        (Scale, Offset, Error, Norm) = (new float[count], new int[count], new float[count], new float[count]);
        for (int query = 0; query < count; query++)
            Quantize(queries.Slice(query * dimension, dimension), Codes.Span.Slice(query * stride, dimension), query, levels);
    }

    public int Count { get; }

    /// <summary>[count rounded up, stride], float32.</summary>
    public AlignedBuffer<float> Exact { get; }

    /// <summary>[count rounded up, stride], quantised.</summary>
    public AlignedBuffer<sbyte> Codes { get; }

    /// <summary>Query = scale · codes + error.</summary>
    public float[] Scale { get; }

    /// <summary>What the kernel's result has too much, as a row's zero is 128.</summary>
    public int[] Offset { get; }

    /// <summary>Upper bound of the length of the error.</summary>
    public float[] Error { get; }

    /// <summary>Upper bound of the query's length.</summary>
    public float[] Norm { get; }

    private void Quantize(ReadOnlySpan<float> vector, Span<sbyte> codes, int query, int levels)
    {
        float largest = 0;
        double squares = 0;
        foreach (float value in vector)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
            squares += (double)value * value;
        }
        Norm[query] = MathF.BitIncrement((float)Math.Sqrt(squares));
        double smallest = double.PositiveInfinity;
        foreach (float range in Ranges)
        {
            float scale = largest * range / levels;
            double error = ErrorOf(vector, scale, levels);
            if (error < smallest)
                (smallest, Scale[query]) = (error, scale);
        }
        Error[query] = MathF.BitIncrement((float)Math.Sqrt(smallest));
        int sum = 0;
        for (int i = 0; i < vector.Length; i++)
            sum += codes[i] = Code(vector[i], Scale[query], levels);
        Offset[query] = sum * RowQuantizer.Zero;
    }

    private static double ErrorOf(ReadOnlySpan<float> vector, float scale, int levels)
    {
        double sum = 0;
        foreach (float value in vector)
        {
            double error = value - (double)scale * Code(value, scale, levels);
            sum += error * error;
        }
        return sum;
    }

    private static sbyte Code(float value, float scale, int levels) =>
        scale > 0 ? (sbyte)Math.Clamp(MathF.Round(value / scale), -levels, levels) : (sbyte)0;
}
