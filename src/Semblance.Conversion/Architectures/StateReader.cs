using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// Gives a network its weights, and writes down which it asked for. Without a state_dict it gives zeros and only writes down: so the code
/// that builds a network is also the list of its keys.
/// </summary>
/// <param name="weights">The state_dict, or null.</param>
internal sealed class StateReader(StateDict? weights)
{
    private readonly List<StateKey> _keys = [];

    /// <summary>What was asked for, in order.</summary>
    public IReadOnlyList<StateKey> Keys => _keys;

    /// <summary>Whether there are no weights, only keys to be written down.</summary>
    public bool OnlyLists => weights is null;

    /// <summary>A list of values, at once.</summary>
    public float[] Vector(string key, int size) => Deferred(key, size)();

    /// <summary>Values that are read each time they are asked for.</summary>
    public Func<float[]> Deferred(string key, params IReadOnlyList<long> shape)
    {
        _keys.Add(new(key, shape));
        if (weights is null)
            return () => new float[shape.Aggregate(1L, (product, size) => product * size)];
        StateTensor tensor = weights[key];
        return tensor.Shape.SequenceEqual(shape)
            ? tensor.ToFloats
            : throw new ConversionException(
                $"'{key}' has the shape [{string.Join(", ", tensor.Shape)}], [{string.Join(", ", shape)}] was expected"
            );
    }
}
