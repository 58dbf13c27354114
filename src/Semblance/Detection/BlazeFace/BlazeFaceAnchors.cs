using System.Numerics;

namespace Semblance.Detection.BlazeFace;

/// <summary>
/// The centres that BlazeFace's raw values are relative to (Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection", 2019):
/// every cell's centre, as often as it has anchors; anchors have no size of their own.
/// </summary>
internal static class BlazeFaceAnchors
{
    /// <summary>Anchor centres as fractions of the input; stride by stride, rows first, then columns, then anchors.</summary>
    public static Vector2[] Create(int inputSize, IReadOnlyList<int> strides, IReadOnlyList<int> anchorsPerCell)
    {
        List<Vector2> centers = [];
        for (int s = 0; s < strides.Count; s++)
        {
            int cells = inputSize / strides[s];
            for (int y = 0; y < cells; y++)
            for (int x = 0; x < cells; x++)
            for (int a = 0; a < anchorsPerCell[s]; a++)
                centers.Add(new((x + 0.5f) / cells, (y + 0.5f) / cells));
        }
        return [.. centers];
    }
}
