using ModelForge;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Tests.Rewrites;

public sealed class ChannelWideningTests
{
    [Theory]
    [InlineData(10, 12)]
    [InlineData(14, 20)]
    [InlineData(16, 40)]
    public void A_widened_network_gives_the_same_numbers(int narrow, int wide)
    {
        OnnxModel original = Stages(narrow, wide),
            widened = ChannelWidening.Apply(original);
        float[] input = ReferenceInput.Fill("stages", 2 * 3 * 12 * 10);
        float[] expected = PackModel.Run(original.ToBytes(), input, [2, 3, 12, 10], "y");
        Assert.InRange(PackModel.RelativeL2(PackModel.Run(widened.ToBytes(), input, [2, 3, 12, 10], "y"), expected), 0, 1e-6);
    }

    [Fact]
    public void Every_inner_convolution_fills_whole_blocks()
    {
        OnnxGraph graph = ChannelWidening.Apply(Stages(14, 20)).Graph;
        IEnumerable<OnnxNode> inner = graph.Nodes.Where(node =>
            node.Operator == "Conv" && graph.Nodes.Any(n => n.Operator != "Transpose" && n.Inputs.Contains(node.Outputs[0]))
        );
        Assert.All(inner, node => Assert.Equal(0, graph.FindInitializer(node.Inputs[1])!.Shape[0] % 16));
    }

    [Fact]
    public void No_padding_of_channels_is_left() =>
        Assert.DoesNotContain(ChannelWidening.Apply(Stages(14, 20)).Graph.Nodes, node => node.Operator == "Pad");

    [Fact]
    public void A_head_keeps_its_channels()
    {
        OnnxGraph graph = ChannelWidening.Apply(Stages(10, 12)).Graph;
        OnnxNode transpose = graph.Nodes.Single(node => node.Operator == "Transpose");
        OnnxNode head = graph.Nodes.Single(node => node.Outputs[0] == transpose.Inputs[0]);
        Assert.Equal(5, graph.FindInitializer(head.Inputs[1])!.Shape[0]);
    }

    [Fact]
    public void A_grouped_convolution_that_is_not_depthwise_keeps_its_channels()
    {
        OnnxGraphBuilder b = new("groups");
        string x = b.Conv(b.Input("x", "N", 3, 4, 4), Kernel("a", 6, 3, 1));
        b.Output(b.Add("Relu", [b.Conv(x, Kernel("b", 4, 3, 1) with { Groups = 2 })]), "y", "N", 4, 4, 4);
        OnnxModel original = b.Build("test");
        float[] input = ReferenceInput.Fill("groups", 3 * 16);
        float[] expected = PackModel.Run(original.ToBytes(), input, [1, 3, 4, 4], "y");
        Assert.Equal(expected, PackModel.Run(ChannelWidening.Apply(original).ToBytes(), input, [1, 3, 4, 4], "y"));
    }

    [Fact]
    public void Padding_for_something_other_than_a_sum_is_refused()
    {
        OnnxGraphBuilder b = new("odd");
        string x = Padded(b, b.Conv(b.Input("x", "N", 3, 4, 4), Kernel("a", 14, 3, 1)), 6);
        b.Output(b.Conv(b.Add("Relu", [x]), Kernel("b", 2, 20, 1)), "y", "N", 2, 4, 4);
        Assert.Throws<ConversionException>(() => ChannelWidening.Apply(b.Build("test")));
    }

    /// <summary>Two residual stages as in BlazeFace, the second with more channels and half the size, and a head that is read channels
    /// last.</summary>
    private static OnnxModel Stages(int narrow, int wide)
    {
        OnnxGraphBuilder b = new("stages");
        string x = b.Add("Relu", [b.Conv(b.Input("x", "N", 3, 12, 10), Kernel("first", narrow, 3, 3))]);
        string same = b.Conv(b.Conv(x, Depthwise("same/depthwise", narrow, 1)), Kernel("same/point", narrow, narrow, 1));
        x = b.Add("Relu", [b.Add("Add", [same, x])]);
        string further = b.Conv(b.Conv(x, Depthwise("further/depthwise", narrow, 2)), Kernel("further/point", wide, narrow, 1));
        string pooled = b.Add("MaxPool", [x], new OnnxAttribute("kernel_shape", new long[] { 2, 2 }), new("strides", new long[] { 2, 2 }));
        x = b.Add("Relu", [b.Add("Add", [Padded(b, pooled, wide - narrow), further])]);
        b.Output(
            b.Add("Transpose", [b.Conv(x, Kernel("head", 5, wide, 1))], new OnnxAttribute("perm", new long[] { 0, 2, 3, 1 })),
            "y",
            "N",
            6,
            5,
            5
        );
        return b.Build("test");
    }

    private static string Padded(OnnxGraphBuilder b, string x, int channels) => b.Add("Pad", [x, b.Longs(0, 0, 0, 0, 0, channels, 0, 0)]);

    private static ConvKernel Kernel(string name, int outputs, int inputs, int side) =>
        new(
            outputs,
            inputs,
            side,
            side,
            ReferenceInput.Fill(name, outputs * inputs * side * side),
            ReferenceInput.Fill(name + "/bias", outputs)
        )
        {
            Pads = [side / 2, side / 2, side / 2, side / 2],
        };

    private static ConvKernel Depthwise(string name, int channels, int stride) =>
        Kernel(name, channels, 1, 3) with
        {
            Groups = channels,
            Stride = stride,
        };
}
