namespace Semblance.Conversion.Checkpoints;

/// <summary>A tuple.</summary>
internal sealed class PickleTuple(object?[] items)
{
    public object?[] Items => items;
}

/// <summary>A list, or a set, which is kept in the order of the file.</summary>
internal sealed class PickleList
{
    public List<object?> Items { get; } = [];
}

/// <summary>A dictionary in the order of the file. Keys are never compared, so that none can be made to be costly.</summary>
internal sealed class PickleDict
{
    public List<KeyValuePair<object?, object?>> Entries { get; } = [];
}

/// <summary>A name of something that Python would import. Here it is only a name.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
