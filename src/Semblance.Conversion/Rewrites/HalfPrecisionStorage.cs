using System.Runtime.InteropServices;
using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>
/// Keeps large constants as 16-bit floats behind a Cast: half the file. ONNX Runtime folds the Cast when it loads the network, so that
/// computation stays in 32 bits.
/// </summary>
internal static class HalfPrecisionStorage
{
    private const long SmallestKept = 512;

    /// <summary>Rewrites a model; the argument stays as it is.</summary>
    /// <param name="model">Any network.</param>
    public static OnnxModel Apply(OnnxModel model)
    {
        OnnxGraph old = model.Graph;
        List<OnnxNode> casts = [];
        List<OnnxTensor> constants = [];
        foreach (OnnxTensor constant in old.Initializers)
        {
            if (constant.Element != OnnxElement.Float || constant.Shape.Aggregate(1L, (product, size) => product * size) < SmallestKept)
            {
                constants.Add(constant);
                continue;
            }
            string name = constant.Name + "/half";
            Half[] values = [.. constant.ToFloats().Select(value => (Half)value)];
            constants.Add(new(name, OnnxElement.Float16, constant.Shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
            casts.Add(new("Cast", [name], [constant.Name], [new("to", (long)OnnxElement.Float)]));
        }
        return model with
        {
            Graph = new()
            {
                Name = old.Name,
                Nodes = [.. casts, .. old.Nodes],
                Initializers = constants,
                Inputs = [.. old.Inputs],
                Outputs = [.. old.Outputs],
            },
        };
    }

    /// <summary>Brings constants back to 32-bit floats, of the values that the file keeps; the argument stays as it is.</summary>
    /// <param name="model">Any network; one without such constants comes back the same.</param>
    public static OnnxModel Undo(OnnxModel model)
    {
        OnnxGraph old = model.Graph;
        Dictionary<string, OnnxTensor> kept = old
            .Initializers.Where(constant => constant.Element == OnnxElement.Float16)
            .ToDictionary(constant => constant.Name);
        OnnxNode[] casts = [.. old.Nodes.Where(node => node.Operator == "Cast" && kept.ContainsKey(node.Inputs[0]))];
        HashSet<string> halves = [.. casts.Select(node => node.Inputs[0])];
        return model with
        {
            Graph = new()
            {
                Name = old.Name,
                Nodes = [.. old.Nodes.Except(casts)],
                Initializers = [.. old.Initializers.Where(constant => !halves.Contains(constant.Name)), .. casts.Select(Restored)],
                Inputs = [.. old.Inputs],
                Outputs = [.. old.Outputs],
            },
        };

        OnnxTensor Restored(OnnxNode cast)
        {
            OnnxTensor half = kept[cast.Inputs[0]];
            return OnnxTensor.Floats(
                cast.Outputs[0],
                [.. MemoryMarshal.Cast<byte, Half>(half.Raw.Span).ToArray().Select(value => (float)value)],
                half.Shape
            );
        }
    }
}
