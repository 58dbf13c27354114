using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Detection.Scrfd;

/// <summary>
/// Which output of a network is which. Exporters order them by kind and stride, by stride and kind, or by shape, name them freely, and
/// keep or drop the leading 1; what never changes is the last axis (1 score, 4 distances, 10 offsets) and the number of anchors of each
/// stride.
/// </summary>
/// <param name="Scores">Index of the scores of each stride.</param>
/// <param name="Boxes">Index of the distances of each stride.</param>
/// <param name="Keypoints">Index of the keypoint offsets of each stride; empty when there are none.</param>
internal sealed record ScrfdOutputs(int[] Scores, int[] Boxes, int[] Keypoints)
{
    /// <summary>Numbers of an anchor in each kind of output.</summary>
    public const int ScoreValues = 1,
        BoxValues = 4,
        KeypointValues = 2 * FaceLandmarks.Count;

    /// <summary>Tells outputs apart by their shapes.</summary>
    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="shapes">Shapes of all outputs of one run.</param>
    /// <param name="anchors">Anchors of each stride for this input.</param>
    /// <param name="withKeypoints">Whether keypoints are expected.</param>
    /// <exception cref="ModelException">An output is missing.</exception>
    public static ScrfdOutputs Match(string model, IReadOnlyList<long[]> shapes, IReadOnlyList<int> anchors, KeypointOutputs withKeypoints)
    {
        return new(
            All("scores", ScoreValues),
            All("box distances", BoxValues),
            withKeypoints == KeypointOutputs.Present ? All("keypoint offsets", KeypointValues) : []
        );

        int[] All(string kind, int values) => [.. anchors.Select(count => Find(kind, count, values))];

        int Find(string kind, int count, int values)
        {
            for (int i = 0; i < shapes.Count; i++)
                if (
                    shapes[i].Length > 0
                    && shapes[i][^1] == values
                    && shapes[i].Aggregate(1L, (product, side) => product * side) == (long)count * values
                )
                    return i;
            throw new ModelException(
                model,
                $"gives no {kind} [{count}, {values}]; its outputs are "
                    + $"{string.Join(", ", shapes.Select(shape => $"[{string.Join(", ", shape)}]"))}"
            );
        }
    }

    /// <summary>Checks what can be known before the first run: the number of outputs and, where declared, their last axes.</summary>
    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="signature">The network.</param>
    /// <param name="strides">Number of strides.</param>
    /// <param name="withKeypoints">Whether keypoints are expected.</param>
    /// <exception cref="ModelException">The network is no such SCRFD.</exception>
    public static void Check(string model, NetworkSignature signature, int strides, KeypointOutputs withKeypoints)
    {
        int kinds = withKeypoints == KeypointOutputs.Present ? 3 : 2;
        if (signature.Outputs.Count < kinds * strides)
        {
            string hint =
                withKeypoints == KeypointOutputs.Present && signature.Outputs.Count == 2 * strides
                    ? "; it has no keypoints, its manifest must say 0"
                    : "";
            throw new ModelException(model, $"needs {kinds * strides} outputs for {strides} strides, has {signature.Outputs.Count}{hint}");
        }
        NetworkTensor? odd = signature.Outputs.FirstOrDefault(output =>
            !output.IsFloat
            || (output.Shape.Count > 0 && output.Shape[^1] is not (ScoreValues or BoxValues or KeypointValues or NetworkTensor.Free))
        );
        if (odd is not null)
            throw new ModelException(
                model,
                $"its output {odd} of {odd.Element} holds neither scores (1), box distances (4) nor keypoint offsets (10)"
            );
    }
}

/// <summary>Whether a network gives keypoints.</summary>
internal enum KeypointOutputs
{
    /// <summary>Boxes alone.</summary>
    Absent,

    /// <summary>Five points.</summary>
    Present,
}
