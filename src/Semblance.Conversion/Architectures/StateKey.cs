namespace Semblance.Conversion.Architectures;

/// <summary>An entry that a state_dict must have.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Shape">Sizes of its axes.</param>
public sealed record StateKey(string Name, IReadOnlyList<long> Shape)
{
    /// <summary>The key and its shape.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
