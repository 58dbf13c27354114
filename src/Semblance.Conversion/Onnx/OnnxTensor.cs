using System.Runtime.InteropServices;

namespace Semblance.Conversion.Onnx;

/// <summary>A constant of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">Type of its elements.</param>
/// <param name="Shape">Sizes of its axes; none for a scalar.</param>
/// <param name="Raw">The elements, little-endian, row-major.</param>
public sealed record OnnxTensor(string Name, OnnxElement Element, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Raw)
{
    /// <summary>A tensor of floats.</summary>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static OnnxTensor Floats(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> shape)
    {
        long expected = shape.Aggregate(1L, (product, size) => product * size);
        return values.Length == expected
            ? new(name, OnnxElement.Float, shape, MemoryMarshal.AsBytes(values).ToArray())
            : throw new ArgumentException($"'{name}' has {values.Length} values, its shape needs {expected}.", nameof(values));
    }

    /// <summary>A list of whole numbers: a shape, axes.</summary>
    public static OnnxTensor Longs(string name, params ReadOnlySpan<long> values) =>
        new(name, OnnxElement.Int64, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements as floats.</summary>
    /// <exception cref="ConversionException">They are of another type.</exception>
    public float[] ToFloats() => Element == OnnxElement.Float
        ? MemoryMarshal.Cast<byte, float>(Raw.Span).ToArray()
        : throw new ConversionException($"tensor '{Name}' holds {Element}, floats were expected");

    /// <summary>The elements as whole numbers.</summary>
    /// <exception cref="ConversionException">They are of another type.</exception>
    public long[] ToLongs() => Element == OnnxElement.Int64
        ? MemoryMarshal.Cast<byte, long>(Raw.Span).ToArray()
        : throw new ConversionException($"tensor '{Name}' holds {Element}, 64-bit integers were expected");
}
