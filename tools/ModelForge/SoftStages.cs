using Semblance.Conversion.Onnx;

namespace ModelForge;

/// <summary>
/// The end of an SSR-Net (Yang et al., IJCAI 2018, eq. 3 and 4), which its packages compute outside the network: three stages of three
/// bins, each refining the one before, merged into one number.
/// </summary>
internal static class SoftStages
{
    private const int Bins = 3;

    /// <summary>Adds the merge to a network with the nine outputs of the stages.</summary>
    /// <param name="network">The network; it stays as it is.</param>
    /// <param name="range">What the merged value, 0 to 1, is multiplied by.</param>
    /// <param name="asTwo">Whether the value is a probability that is given for both classes, the second being the value itself.</param>
    /// <param name="output">Name of the result.</param>
    public static OnnxModel Merge(OnnxModel network, float range, bool asTwo, string output)
    {
        OnnxGraph old = network.Graph,
            graph =
                new()
                {
                    Name = old.Name,
                    Nodes = [.. old.Nodes],
                    Initializers = [.. old.Initializers],
                    Inputs = [.. old.Inputs],
                };
        int count = 0;
        string places = Constant(0, 1, 2),
            one = Constant(1),
            bins = Constant(Bins),
            value = "",
            width = "";
        for (int stage = 1; stage <= Bins; stage++)
        {
            string terms = Add("Mul", Add("Add", places, $"index_offset_stage{stage}"), $"prob_stage_{stage}");
            string stretch = Add("Mul", bins, Add("Add", one, $"stage{stage}_delta_k"));
            width = stage == 1 ? stretch : Add("Mul", width, stretch);
            graph.Nodes.Add(new("ReduceSum", [terms], [$"merge/s{stage}"], [new("axes", new long[] { 1 }), new("keepdims", 1L)]));
            string part = Add("Div", $"merge/s{stage}", width);
            value = stage == 1 ? part : Add("Add", value, part);
        }
        value = Add("Mul", value, Constant(range));
        if (asTwo)
        {
            graph.Nodes.Add(new("Concat", [Add("Sub", one, value), value], [output], [new("axis", 1L)]));
        }
        else
            graph.Nodes.Add(new("Identity", [value], [output], []));
        graph.Outputs.Add(new(output, OnnxElement.Float, [1, asTwo ? 2 : 1]));
        return network with { Graph = graph };

        string Constant(params float[] values)
        {
            string name = $"merge/c{count++}";
            graph.Initializers.Add(OnnxTensor.Floats(name, values, 1, values.Length));
            return name;
        }

        string Add(string type, params string[] inputs)
        {
            string name = $"merge/v{count++}";
            graph.Nodes.Add(new(type, inputs, [name], []));
            return name;
        }
    }
}
