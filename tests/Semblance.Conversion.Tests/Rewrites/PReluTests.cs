using ModelForge;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Tests.Rewrites;

public sealed class PReluTests
{
    /// <summary>Negative, zero, between, one, and above one.</summary>
    private static readonly float[] Slopes = [-1.35f, -0.2f, 0, 0.25f, 1, 1.23f];

    [Fact]
    public void Every_slope_gives_the_numbers_of_the_operator()
    {
        float[] input = ReferenceInput.Fill("prelu", 6 * 5 * 5);
        OnnxModel original = Model();
        OnnxModel rewritten = PReluRewrite.Apply(original);
        Assert.DoesNotContain(rewritten.Graph.Nodes, node => node.Operator == "PRelu");
        float[] expected = PackModel.Run(original.ToBytes(), input, [1, 6, 5, 5], "y"), actual = PackModel.Run(rewritten.ToBytes(), input, [1, 6, 5, 5], "y");
        Assert.InRange(PackModel.RelativeL2(actual, expected), 0, 1e-6);
    }

    [Fact]
    public void The_model_given_stays_as_it_is()
    {
        OnnxModel original = Model();
        byte[] before = original.ToBytes();
        _ = PReluRewrite.Apply(original);
        Assert.Equal(before, original.ToBytes());
    }

    [Fact]
    public void Pooling_first_gives_the_numbers_of_pooling_last()
    {
        ConvKernel kernel = new(6, 2, 3, 3, ReferenceInput.Fill("kernel", 6 * 2 * 9), ReferenceInput.Fill("bias", 6));
        float[] input = ReferenceInput.Fill("pooled", 2 * 13 * 12);
        float[] expected = Run(builder => Pool(builder, PReluExpression.OfMap(builder, builder.Conv("x", kernel), Slopes, PReluForm.Operator)));
        float[] actual = Run(builder => PooledPRelu.Write(builder, "x", kernel, Slopes, map => Pool(builder, map)));
        Assert.InRange(PackModel.RelativeL2(actual, expected), 0, 1e-6);

        float[] Run(Func<OnnxGraphBuilder, string> write)
        {
            OnnxGraphBuilder builder = new("test");
            builder.Input("x", "N", 2, "H", "W");
            builder.Output(write(builder), "y", "N", 6, "h", "w");
            return PackModel.Run(builder.Build("test").ToBytes(), input, [1, 2, 13, 12], "y");
        }
    }

    private static string Pool(OnnxGraphBuilder builder, string x) => builder.Add(
        "MaxPool", [x], new OnnxAttribute("kernel_shape", new long[] { 2, 2 }), new("strides", new long[] { 2, 2 }), new("ceil_mode", 1L));

    private static OnnxModel Model()
    {
        OnnxGraphBuilder builder = new("prelu");
        string x = builder.Input("x", "N", 6, "H", "W");
        builder.Output(PReluExpression.OfMap(builder, x, Slopes, PReluForm.Operator), "y", "N", 6, "H", "W");
        return builder.Build("test");
    }
}
