using ModelForge;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Tests.Rewrites;

public sealed class PooledPReluTests
{
    private const int Channels = 26;

    /// <summary>From -1.1 to 1.4: six negative ones, a zero, and two above one.</summary>
    private static readonly float[] Slopes =
    [
        .. Enumerable.Range(0, Channels).Select(c => c % 4 == 1 && c < 24 ? -1.1f + c / 40f : (c - 2) / 16f),
    ];

    private static readonly ConvKernel Kernel = new(
        Channels,
        2,
        3,
        3,
        ReferenceInput.Fill("kernel", Channels * 2 * 9),
        ReferenceInput.Fill("bias", Channels)
    );

    [Fact]
    public void Pooling_whole_blocks_first_gives_the_numbers_of_pooling_last() => AssertSame(PooledPRelu.InBlocks);

    [Fact]
    public void Pooling_twins_gives_the_numbers_of_pooling_last() => AssertSame(PooledPRelu.WithTwins);

    [Fact]
    public void Blocks_are_whole()
    {
        OnnxGraphBuilder builder = new("test");
        LaneMap map = PooledPRelu.InBlocks(builder, builder.Input("x", "N", 2, "H", "W"), Kernel, Slopes, x => Pool(builder, x));
        Assert.Equal(32, map.Lanes.Length);
        Assert.Equal(Enumerable.Range(0, Channels), map.Lanes.Select(lane => lane.Channel).Where(c => c != Lane.Empty).Order());
    }

    private static void AssertSame(Func<OnnxGraphBuilder, string, ConvKernel, float[], Func<string, string>, LaneMap> fast)
    {
        float[] input = ReferenceInput.Fill("pooled", 2 * 13 * 12);
        float[] expected = Run(b => Pool(b, PReluExpression.OfMap(b, b.Conv("x", Kernel), Slopes, PReluForm.Operator)));
        float[] actual = Run(b =>
        {
            LaneMap map = fast(b, "x", Kernel, Slopes, x => Pool(b, x));
            return b.Conv(map.Value, Identity().Reading(map.Lanes));
        });
        Assert.InRange(PackModel.RelativeL2(actual, expected), 0, 1e-6);

        float[] Run(Func<OnnxGraphBuilder, string> write)
        {
            OnnxGraphBuilder builder = new("test");
            builder.Input("x", "N", 2, "H", "W");
            builder.Output(write(builder), "y", "N", Channels, "h", "w");
            return PackModel.Run(builder.Build("test").ToBytes(), input, [1, 2, 13, 12], "y");
        }
    }

    /// <summary>Brings the channels of a map back into their order.</summary>
    private static ConvKernel Identity() =>
        new(
            Channels,
            Channels,
            1,
            1,
            [.. Enumerable.Range(0, Channels * Channels).Select(i => i % (Channels + 1) == 0 ? 1f : 0f)],
            new float[Channels]
        );

    private static string Pool(OnnxGraphBuilder builder, string x) =>
        builder.Add(
            "MaxPool",
            [x],
            new OnnxAttribute("kernel_shape", new long[] { 2, 2 }),
            new("strides", new long[] { 2, 2 }),
            new("ceil_mode", 1L)
        );
}
