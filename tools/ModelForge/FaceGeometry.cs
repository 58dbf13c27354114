using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace ModelForge;

/// <summary>faceplugin's networks of head pose and 68 landmarks with what its code does around them moved inside.</summary>
internal static class FaceGeometry
{
    private const int Bins = 66;
    private const float DegreesOfBin = 3;

    /// <summary>ITU-R BT.601, red, green, blue.</summary>
    private static readonly float[] Luma = [0.299f, 0.587f, 0.114f];

    /// <summary>
    /// Three heads of 66 bins of 3 degrees, -99 to 99 (Ruiz et al., CVPR workshops 2018), to the expected angles. The package takes a
    /// bin's lower edge for its value; here it is the middle: with the edge the yaws of a face and of its mirror image add up to 3
    /// degrees instead of to 0.
    /// </summary>
    public static OnnxModel Pose(OnnxModel network)
    {
        OnnxGraph old = network.Graph;
        OnnxGraph graph = new()
        {
            Name = "head-pose",
            Nodes = [.. old.Nodes],
            Initializers = [.. old.Initializers],
            Inputs = [.. old.Inputs],
        };
        float[] centres = [.. Enumerable.Range(0, Bins).Select(bin => (bin - Bins / 2 + 0.5f) * DegreesOfBin)];
        graph.Initializers.Add(OnnxTensor.Floats("angles/centres", centres, Bins, 1));
        string[] angles =
        [
            .. old.Outputs.Select(head =>
            {
                string probabilities = $"angles/{head.Name}/probabilities",
                    angle = $"angles/{head.Name}";
                graph.Nodes.Add(new("Softmax", [head.Name], [probabilities], [new("axis", 1L)]));
                graph.Nodes.Add(new("MatMul", [probabilities, "angles/centres"], [angle], []));
                return angle;
            }),
        ];
        graph.Nodes.Add(new("Concat", angles, ["pose"], [new("axis", 1L)]));
        graph.Outputs.Add(new("pose", OnnxElement.Float, [1, angles.Length]));
        return HalfPrecisionStorage.Apply(network with { Graph = graph });
    }

    /// <summary>Takes three colours instead of one grey.</summary>
    public static OnnxModel Landmarks(OnnxModel network)
    {
        OnnxGraph old = network.Graph;
        OnnxValue grey = old.Inputs.Single(input => old.FindInitializer(input.Name) is null);
        const string Colours = "picture",
            Weights = "picture/luma";
        OnnxNode convert = new("Conv", [Colours, Weights], [grey.Name], [new("kernel_shape", new long[] { 1, 1 })]);
        OnnxGraph graph = new()
        {
            Name = "landmarks-68",
            Nodes = [convert, .. old.Nodes],
            Initializers = [OnnxTensor.Floats(Weights, Luma, 1, Luma.Length, 1, 1), .. old.Initializers],
            Inputs = [new(Colours, OnnxElement.Float, [1, Luma.Length, grey.Shape[2], grey.Shape[3]])],
            Outputs = [.. old.Outputs],
        };
        return HalfPrecisionStorage.Apply(network with { Graph = graph });
    }
}
