using System.Runtime.InteropServices;

namespace Semblance.Conversion.Onnx;

/// <summary>A constant of a graph: little-endian, row-major elements that are at hand, or that are made only when the file is
/// written.</summary>
public sealed record OnnxTensor
{
    /// <summary>Floats that are written at one time.</summary>
    private const int Part = 4096;

    private readonly Func<ReadOnlyMemory<byte>> _raw;

    /// <summary>A constant whose bytes are at hand.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="element">Type of its elements.</param>
    /// <param name="shape">Sizes of its axes; none for a scalar.</param>
    /// <param name="raw">The elements, little-endian, row-major.</param>
    public OnnxTensor(string name, OnnxElement element, IReadOnlyList<long> shape, ReadOnlyMemory<byte> raw)
    {
        (Name, Element, Shape, Length, _raw) = (name, element, shape, raw.Length, () => raw);
    }

    private OnnxTensor(string name, IReadOnlyList<long> shape, Func<float[]> values)
    {
        (Name, Element, Shape) = (name, OnnxElement.Float, shape);
        Length = shape.Aggregate((long)sizeof(float), (product, size) => checked(product * size));
        _raw = () => MemoryMarshal.AsBytes<float>(Checked(values())).ToArray();
        Values = values;
    }

    /// <summary>Its name.</summary>
    public string Name { get; init; }

    /// <summary>Type of its elements.</summary>
    public OnnxElement Element { get; }

    /// <summary>Sizes of its axes; none for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Bytes of all elements.</summary>
    public long Length { get; }

    /// <summary>The elements; those of a deferred constant are made anew at every call.</summary>
    public ReadOnlyMemory<byte> Raw => _raw();

    /// <summary>What makes the floats of a deferred constant.</summary>
    private Func<float[]>? Values { get; }

    /// <summary>A tensor of floats.</summary>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static OnnxTensor Floats(string name, ReadOnlySpan<float> values, params IReadOnlyList<long> shape)
    {
        long expected = shape.Aggregate(1L, (product, size) => product * size);
        return values.Length == expected
            ? new(name, OnnxElement.Float, shape, MemoryMarshal.AsBytes(values).ToArray())
            : throw new ArgumentException($"'{name}' has {values.Length} values, its shape needs {expected}.", nameof(values));
    }

    /// <summary>A tensor of floats that are made when they are needed, and not kept: so a graph can be written that is larger than the
    /// memory it takes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Makes all values, row-major; called once each time the tensor is written or read.</param>
    /// <param name="shape">Sizes of its axes.</param>
    public static OnnxTensor Deferred(string name, Func<float[]> values, params IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(name, shape, values);
    }

    /// <summary>A list of whole numbers: a shape, axes.</summary>
    public static OnnxTensor Longs(string name, params ReadOnlySpan<long> values) =>
        new(name, OnnxElement.Int64, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements as floats.</summary>
    /// <exception cref="ConversionException">They are of another type.</exception>
    public float[] ToFloats() =>
        Element != OnnxElement.Float ? throw new ConversionException($"tensor '{Name}' holds {Element}, floats were expected")
        : Values is null ? MemoryMarshal.Cast<byte, float>(Raw.Span).ToArray()
        : Checked(Values());

    /// <summary>The elements as whole numbers.</summary>
    /// <exception cref="ConversionException">They are of another type.</exception>
    public long[] ToLongs() =>
        Element == OnnxElement.Int64
            ? MemoryMarshal.Cast<byte, long>(Raw.Span).ToArray()
            : throw new ConversionException($"tensor '{Name}' holds {Element}, 64-bit integers were expected");

    /// <summary>Writes the elements without a copy of them all; floats too small for a full mantissa become zeros.</summary>
    /// <remarks>Such subnormal numbers, below 1.2e-38, change no result, but many processors take a hundred times as long over a product
    /// with one.</remarks>
    internal void CopyTo(Stream stream)
    {
        if (Element != OnnxElement.Float)
        {
            stream.Write(Raw.Span);
            return;
        }
        Span<float> part = stackalloc float[Part];
        ReadOnlySpan<float> rest = Values is null ? MemoryMarshal.Cast<byte, float>(Raw.Span) : Checked(Values());
        for (; rest.Length > 0; rest = rest[Math.Min(Part, rest.Length)..])
        {
            ReadOnlySpan<float> next = rest[..Math.Min(Part, rest.Length)];
            for (int i = 0; i < next.Length; i++)
                part[i] = float.IsSubnormal(next[i]) ? 0 : next[i];
            stream.Write(MemoryMarshal.AsBytes(part[..next.Length]));
        }
    }

    private float[] Checked(float[] values) =>
        values.LongLength * sizeof(float) == Length
            ? values
            : throw new ConversionException(
                $"tensor '{Name}' was given {values.Length} values, its shape [{string.Join(", ", Shape)}] needs {Length / sizeof(float)}"
            );
}
