using Semblance.Conversion.Onnx;

namespace Semblance.Tests.Support;

/// <summary>Networks of a real signature that give fixed numbers, whatever the picture.</summary>
internal static class SmallNetworks
{
    /// <summary>A network whose outputs are constants.</summary>
    /// <param name="input">Axes of the input.</param>
    /// <param name="outputs">Names, shapes and values.</param>
    public static OnnxModel Constant(
        IReadOnlyList<OnnxAxis> input,
        params IReadOnlyList<(string Name, long[] Shape, float[] Values)> outputs
    )
    {
        OnnxGraphBuilder graph = new("constant");
        graph.Input("picture", input);
        foreach ((string name, long[] shape, float[] values) in outputs)
            graph.Output(graph.Constant(values, shape), name, [.. shape.Select(side => (OnnxAxis)side)]);
        return graph.Build("test");
    }

    /// <summary>An embedder that answers to the picture: mean of each channel and of each quarter, mixed into a vector.</summary>
    /// <param name="batch">A number, or a name for a free axis.</param>
    /// <param name="side">Side of the crops; even.</param>
    /// <param name="dimension">Numbers of the vector.</param>
    public static OnnxModel Embedder(OnnxAxis batch, int side, int dimension)
    {
        OnnxGraphBuilder graph = new("embedder");
        string crop = graph.Input("crop", batch, 3, side, side);
        graph.Output(Vector(graph, crop, side, dimension), "vector", batch, dimension);
        return graph.Build("test");
    }

    /// <summary>An embedder with AdaFace's two outputs: the unit vector, and its length before.</summary>
    public static OnnxModel EmbedderWithNorm(int side, int dimension)
    {
        OnnxGraphBuilder graph = new("embedder");
        string crop = graph.Input("crop", "N", 3, side, side);
        string vector = Vector(graph, crop, side, dimension);
        string norm = graph.Add("ReduceL2", [vector], new OnnxAttribute("axes", new long[] { 1 }), new("keepdims", 1L));
        graph.Output(graph.Add("Div", [vector, norm]), "feature", "N", dimension);
        graph.Output(norm, "norm", "N", 1);
        return graph.Build("test");
    }

    private static string Vector(OnnxGraphBuilder graph, string crop, int side, int dimension)
    {
        Random random = new(dimension);
        float[] weights = [.. Enumerable.Range(0, dimension * 12).Select(_ => random.NextSingle() - 0.5f)];
        string quarters = graph.Add(
            "AveragePool",
            [crop],
            new OnnxAttribute("kernel_shape", new long[] { side / 2, side / 2 }),
            new("strides", new long[] { side / 2, side / 2 })
        );
        return graph.Add("Reshape", [graph.Conv(quarters, new(dimension, 3, 2, 2, weights, null)), graph.Longs(-1, dimension)]);
    }
}
