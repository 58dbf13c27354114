using Semblance.Conversion.Architectures;
using Semblance.Conversion.Onnx;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Tests.Architectures;

/// <summary>Folding of normalisations, on trunks small enough to vary every case.</summary>
public sealed class ResidualTrunkTests
{
    private const int Seed = 12,
        Side = 9;

    private static readonly ResidualKeys Keys = new("n1", "c1", "n2", "p", "c2", "n3", "sc", "sn");

    private static readonly (string, string, string) Stem = ("conv", "norm", "prelu");

    private static readonly ResidualBlock[] Blocks =
    [
        Block(0, 4, 4, 2, ResidualShortcut.Subsample),
        Block(1, 4, 4, 1, ResidualShortcut.Identity),
        Block(2, 4, 6, 2, ResidualShortcut.Convolution),
        Block(3, 6, 6, 1, ResidualShortcut.Identity),
    ];

    [Fact]
    public void A_folded_trunk_computes_what_the_layers_do_one_by_one() => AssertSame(Random());

    [Fact]
    public void A_folded_trunk_has_nothing_left_of_its_normalisations()
    {
        OnnxGraph graph = Trunk(GraphForm.Fast, Random()).Graph;
        Assert.DoesNotContain(graph.Nodes, node => node.Operator is "BatchNormalization" or "PRelu");
        // Stem, four blocks of two, one shortcut; and one for each of the five activations.
        Assert.Equal(1 + 8 + 1 + 5, graph.Nodes.Count(node => node.Operator == "Conv"));
    }

    [Theory]
    [InlineData("b0.n1.weight")]
    [InlineData("b1.n1.weight")]
    [InlineData("b2.n1.weight")]
    public void A_normalisation_with_a_factor_near_zero_stays_a_layer_of_its_own(string key)
    {
        Dictionary<string, float[]> weights = Random();
        weights[key][1] = 1e-9f;
        Assert.Equal(1 + 8 + 1 + 5 + 1, Trunk(GraphForm.Fast, weights).Graph.Nodes.Count(node => node.Operator == "Conv"));
        AssertSame(weights);
    }

    [Fact]
    public void A_factor_of_zero_without_a_shift_is_folded()
    {
        Dictionary<string, float[]> weights = Random();
        (weights["b1.n1.weight"][1], weights["b1.n1.bias"][1]) = (0, 0);
        Assert.Equal(1 + 8 + 1 + 5, Trunk(GraphForm.Fast, weights).Graph.Nodes.Count(node => node.Operator == "Conv"));
        AssertSame(weights);
    }

    [Theory]
    [InlineData("prelu.weight")]
    [InlineData("b1.p.weight")]
    public void Slopes_above_one_are_folded_as_well(string key)
    {
        Dictionary<string, float[]> weights = Random();
        weights[key][2] = 1.3f;
        weights[key][3] = -0.7f;
        AssertSame(weights);
    }

    private static void AssertSame(Dictionary<string, float[]> weights)
    {
        float[] input = [.. Enumerable.Range(0, 2 * 3 * Side * Side).Select(i => MathF.Sin(i))];
        float[] expected = Run(GraphForm.Exported),
            actual = Run(GraphForm.Fast);
        Assert.InRange(PackModel.RelativeL2(actual, expected), 0, 1e-6);

        float[] Run(GraphForm form) => PackModel.Run(Trunk(form, weights).ToBytes(), input, [2, 3, Side, Side], "y");
    }

    private static OnnxModel Trunk(GraphForm form, Dictionary<string, float[]> weights)
    {
        StateReader keys = Listed();
        StateDict state = new(keys.Keys.Select(key => KeyValuePair.Create(key.Name, StateTensor.Of(weights[key.Name], key.Shape))));
        NetworkBuilder builder = new("trunk", new(state), form);
        builder.Graph.Output(Write(builder), "y", "N", 6, "h", "w");
        return builder.Graph.Build("test");
    }

    private static Dictionary<string, float[]> Random()
    {
        Random random = new(Seed);
        return Listed()
            .Keys.ToDictionary(
                key => key.Name,
                key =>
                {
                    (float low, float high) =
                        key.Name.EndsWith("var", StringComparison.Ordinal) ? (0.5f, 1.5f)
                        : key.Shape.Count == 1 && key.Name.EndsWith("weight", StringComparison.Ordinal) ? (0.2f, 0.9f)
                        : (-0.5f, 0.5f);
                    float[] values = new float[key.Shape.Aggregate(1L, (product, size) => product * size)];
                    for (int i = 0; i < values.Length; i++)
                        values[i] = low + (high - low) * random.NextSingle();
                    return values;
                }
            );
    }

    private static StateReader Listed()
    {
        StateReader reader = new(null);
        Write(new("keys", reader, GraphForm.Exported));
        return reader;
    }

    private static string Write(NetworkBuilder builder) =>
        new ResidualTrunk(builder, Blocks).Write(builder.Graph.Input("x", "N", 3, "H", "W"), Stem);

    private static ResidualBlock Block(int number, int inputs, int outputs, int stride, ResidualShortcut shortcut)
    {
        string p = $"b{number}.";
        return new(
            inputs,
            outputs,
            stride,
            shortcut,
            new(
                p + Keys.Norm1,
                p + Keys.Conv1,
                p + Keys.Norm2,
                p + Keys.PRelu,
                p + Keys.Conv2,
                p + Keys.Norm3,
                p + Keys.ShortcutConv,
                p + Keys.ShortcutNorm
            )
        );
    }
}
