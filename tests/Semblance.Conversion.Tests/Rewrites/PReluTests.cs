using ModelForge;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Tests.Rewrites;

public sealed class PReluTests
{
    /// <summary>Negative, zero, between, and one.</summary>
    private static readonly float[] Gentle = [-1.35f, -0.2f, 0, 0.25f, 0.9f, 1];

    /// <summary>Above one as well, where x + relu((slope - 1) x) no longer holds.</summary>
    private static readonly float[] Steep = [-1.35f, -0.2f, 0, 0.25f, 1, 1.23f];

    [Fact]
    public void Slopes_of_at_most_one_give_the_numbers_of_the_operator() => AgreesWithTheOperator(Gentle);

    [Fact]
    public void Slopes_above_one_give_the_numbers_of_the_operator() => AgreesWithTheOperator(Steep);

    [Fact]
    public void No_operator_is_left_after_the_rewrite() =>
        Assert.DoesNotContain(PReluRewrite.Apply(Model(Steep)).Graph.Nodes, node => node.Operator == "PRelu");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vectors_give_the_numbers_of_the_operator(bool steep)
    {
        float[] slopes = steep ? Steep : Gentle,
            input = ReferenceInput.Fill("vectors", 12);
        float[] expected = Run(PReluForm.Operator),
            actual = Run(PReluForm.Convolutions);
        Assert.InRange(PackModel.RelativeL2(actual, expected), 0, 1e-6);

        float[] Run(PReluForm form)
        {
            OnnxGraphBuilder builder = new("vectors");
            builder.Output(PReluExpression.OfVectors(builder, builder.Input("x", "N", 6), slopes, form), "y", "N", 6);
            return PackModel.Run(builder.Build("test").ToBytes(), input, [2, 6], "y");
        }
    }

    [Fact]
    public void A_strided_depthwise_convolution_behind_takes_the_slopes_into_its_kernels()
    {
        OnnxModel original = Followed(stride: 2),
            rewritten = PReluRewrite.Apply(original);
        Assert.Equal(["Relu", "Conv", "Conv", "Add", "Identity"], rewritten.Graph.Nodes.Select(node => node.Operator));
        AssertSame(original, rewritten, "y");
    }

    [Fact]
    public void A_depthwise_convolution_without_stride_stays_one()
    {
        OnnxModel original = Followed(stride: 1),
            rewritten = PReluRewrite.Apply(original);
        Assert.Contains(original.Graph.Nodes[1], rewritten.Graph.Nodes);
        AssertSame(original, rewritten, "y");
    }

    [Fact]
    public void Slopes_that_are_no_constant_are_refused()
    {
        OnnxGraphBuilder builder = new("prelu");
        string x = builder.Input("x", "N", 6, "H", "W"),
            slopes = builder.Input("slopes", 6, 1, 1);
        builder.Output(builder.Add("PRelu", [x, slopes]), "y", "N", 6, "H", "W");
        Assert.Throws<ConversionException>(() => PReluRewrite.Apply(builder.Build("test")));
    }

    [Fact]
    public void The_model_given_stays_as_it_is()
    {
        OnnxModel original = Followed(stride: 2);
        byte[] before = original.ToBytes();
        _ = PReluRewrite.Apply(original);
        Assert.Equal(before, original.ToBytes());
    }

    private static void AgreesWithTheOperator(float[] slopes)
    {
        OnnxModel original = Model(slopes);
        AssertSame(original, PReluRewrite.Apply(original), "y");
    }

    private static void AssertSame(OnnxModel original, OnnxModel rewritten, string output)
    {
        float[] input = ReferenceInput.Fill("prelu", 6 * 5 * 5);
        float[] expected = PackModel.Run(original.ToBytes(), input, [1, 6, 5, 5], output);
        Assert.InRange(PackModel.RelativeL2(PackModel.Run(rewritten.ToBytes(), input, [1, 6, 5, 5], output), expected), 0, 1e-6);
    }

    private static OnnxModel Model(float[] slopes)
    {
        OnnxGraphBuilder builder = new("prelu");
        string x = builder.Input("x", "N", 6, "H", "W");
        builder.Output(PReluExpression.OfMap(builder, x, slopes, PReluForm.Operator), "y", "N", 6, "H", "W");
        return builder.Build("test");
    }

    private static OnnxModel Followed(int stride)
    {
        OnnxGraphBuilder builder = new("prelu");
        string x = PReluExpression.OfMap(builder, builder.Input("x", "N", 6, "H", "W"), Steep, PReluForm.Operator);
        ConvKernel depthwise = new(6, 1, 3, 3, ReferenceInput.Fill("depthwise", 6 * 9), ReferenceInput.Fill("bias", 6))
        {
            Groups = 6,
            Stride = stride,
            Pads = [1, 1, 1, 1],
        };
        builder.Output(builder.Conv(x, depthwise), "y", "N", 6, "h", "w");
        return builder.Build("test");
    }
}
