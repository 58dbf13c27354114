namespace Semblance.Conversion.Weights;

/// <summary>The tensors of a network by the names that PyTorch gives them, in the file's order. Immutable.</summary>
public sealed class StateDict
{
    private readonly Dictionary<string, StateTensor> _tensors = [];
    private readonly List<string> _keys = [];

    /// <summary>Creates a dictionary.</summary>
    /// <exception cref="ArgumentException">A key is there twice.</exception>
    public StateDict(IEnumerable<KeyValuePair<string, StateTensor>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach ((string key, StateTensor tensor) in entries)
        {
            _tensors.Add(key, tensor);
            _keys.Add(key);
        }
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>One tensor.</summary>
    /// <exception cref="ConversionException">There is none of this name.</exception>
    public StateTensor this[string key] => Find(key) ?? throw new ConversionException($"the weights hold no tensor '{key}'");

    /// <summary>One tensor, or null.</summary>
    public StateTensor? Find(string key) => _tensors.GetValueOrDefault(key);

    /// <summary>The entries whose names begin with a prefix, without it.</summary>
    public StateDict Under(string prefix) =>
        new(
            _keys
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && key.Length > prefix.Length)
                .Select(key => KeyValuePair.Create(key[prefix.Length..], _tensors[key]))
        );
}
