using Semblance.Conversion.Onnx;

namespace Semblance.Tests.Support;

/// <summary>Networks of a real signature that give fixed numbers, whatever the picture.</summary>
internal static class SmallNetworks
{
    /// <summary>A network whose outputs are constants.</summary>
    /// <param name="input">Axes of the input.</param>
    /// <param name="outputs">Names, shapes and values.</param>
    public static OnnxModel Constant(IReadOnlyList<OnnxAxis> input, params IReadOnlyList<(string Name, long[] Shape, float[] Values)> outputs)
    {
        OnnxGraphBuilder graph = new("constant");
        graph.Input("picture", input);
        foreach ((string name, long[] shape, float[] values) in outputs)
            graph.Output(graph.Constant(values, shape), name, [.. shape.Select(side => (OnnxAxis)side)]);
        return graph.Build("test");
    }
}
