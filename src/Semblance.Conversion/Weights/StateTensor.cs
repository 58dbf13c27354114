namespace Semblance.Conversion.Weights;

/// <summary>One entry of a state_dict: its shape, and values that are read when they are asked for.</summary>
public abstract class StateTensor
{
    /// <summary>Creates an entry.</summary>
    /// <param name="shape">Sizes of its axes; none for a scalar.</param>
    protected StateTensor(IReadOnlyList<long> shape)
    {
        Shape = shape;
    }

    /// <summary>Sizes of its axes; none for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>All values as floats, row-major, in an array of the caller's own.</summary>
    /// <exception cref="ConversionException">The file is cut off.</exception>
    public abstract float[] ToFloats();

    /// <summary>An entry whose values are in memory; the array must not change while graphs made of it are still to be written.</summary>
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Sizes of its axes.</param>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static StateTensor Of(float[] values, params IReadOnlyList<long> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        StateTensor tensor = new InMemory(values, shape);
        return tensor.Count == values.LongLength
            ? tensor
            : throw new ArgumentException($"{values.Length} values do not fill the shape [{string.Join(", ", shape)}].", nameof(values));
    }

    private sealed class InMemory(float[] values, IReadOnlyList<long> shape) : StateTensor(shape)
    {
        public override float[] ToFloats() => [.. values];
    }
}
