using System.Collections;

namespace Semblance.Training.Identity;

/// <summary>Some of the crops of some sets, taken from there whenever they are asked for.</summary>
/// <param name="chosen">Set and place of each; the set must have a crop there.</param>
internal sealed class ChosenCrops(IReadOnlyList<(CropSet Set, int Index)> chosen) : IReadOnlyList<byte[]>
{
    /// <inheritdoc/>
    public int Count => chosen.Count;

    /// <inheritdoc/>
    public byte[] this[int index] => chosen[index].Set.Crops[chosen[index].Index]!;

    /// <inheritdoc/>
    public IEnumerator<byte[]> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
