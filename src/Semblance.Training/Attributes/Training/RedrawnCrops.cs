using System.Collections;
using Semblance.Training.Attributes.Data;

namespace Semblance.Training.Attributes.Training;

/// <summary>Crops that are drawn anew from others whenever they are asked for, so that a view of a large set takes no memory.</summary>
internal sealed class RedrawnCrops(IReadOnlyList<FaceCrop> crops, Func<FaceCrop, int, FaceCrop> draw) : IReadOnlyList<FaceCrop>
{
    public int Count => crops.Count;

    public FaceCrop this[int index] => draw(crops[index], index);

    public IEnumerator<FaceCrop> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
