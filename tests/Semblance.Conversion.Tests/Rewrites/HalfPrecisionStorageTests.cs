using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Tests.Rewrites;

public sealed class HalfPrecisionStorageTests
{
    [Fact]
    public void Large_constants_take_half_the_room_and_small_ones_stay()
    {
        float[] large = [.. Enumerable.Range(0, 1000).Select(i => i / 1000f)];
        OnnxGraphBuilder builder = new("constants");
        string x = builder.Input("x", "N", 1000);
        builder.Output(
            builder.Add("Mul", [builder.Add("Mul", [x, builder.Constant(large, 1, 1000)]), builder.Constant([0.1f], 1, 1)]),
            "y",
            "N",
            1000
        );
        OnnxModel half = HalfPrecisionStorage.Apply(builder.Build("test"));
        Assert.Equal([OnnxElement.Float16, OnnxElement.Float], half.Graph.Initializers.Select(constant => constant.Element));
        using InferenceSession session = new(half.ToBytes());
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(large, [1, 1000]))]);
        Assert.Equal(0.1 * 0.999 * 0.999, results[0].AsTensor<float>()[0, 999], 1e-3);
    }

    [Fact]
    public void Undone_the_network_has_its_own_nodes_and_constants_again_as_the_halves_keep_them()
    {
        float[] large = [.. Enumerable.Range(0, 1000).Select(i => i / 1000f)];
        OnnxGraphBuilder builder = new("constants");
        builder.Output(builder.Add("Mul", [builder.Input("x", "N", 1000), builder.Constant(large, 1, 1000)]), "y", "N", 1000);
        OnnxModel model = builder.Build("test"),
            undone = HalfPrecisionStorage.Undo(HalfPrecisionStorage.Apply(model));
        Assert.Equal(model.Graph.Nodes.Select(node => node.Operator), undone.Graph.Nodes.Select(node => node.Operator));
        OnnxTensor constant = Assert.Single(undone.Graph.Initializers);
        Assert.Equal(model.Graph.Initializers[0].Name, constant.Name);
        Assert.Equal(large.Select(value => (float)(Half)value), constant.ToFloats());
    }
}
