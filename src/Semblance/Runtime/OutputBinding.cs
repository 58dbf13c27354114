using System.Text.Json;
using Semblance.Models;

namespace Semblance.Runtime;

/// <summary>
/// Finds a manifest's outputs in a network: by name, and where the network calls it something else, by the only shape that fits, since
/// exporters name outputs as they like.
/// </summary>
internal static class OutputBinding
{
    /// <summary>The network's name for an output.</summary>
    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="signature">The network.</param>
    /// <param name="name">The manifest's name.</param>
    /// <param name="tensor">The manifest's role and shape.</param>
    /// <exception cref="ModelException">The network has no such output, or several of that shape under other names.</exception>
    public static string Find(string model, NetworkSignature signature, string name, ModelTensor tensor)
    {
        NetworkTensor? named = signature.Outputs.FirstOrDefault(output => output.Name == name);
        if (named is not null)
        {
            return Fits(tensor.Shape, named)
                ? name
                : throw new ModelException(
                    model,
                    $"its manifest promises an output {name} {Text(tensor.Shape)} ({tensor.Role}), the network gives {named}"
                );
        }
        NetworkTensor[] fitting = tensor.Shape is null
            ? []
            : [.. signature.Outputs.Where(output => output.Shape.Count > 0 && Fits(tensor.Shape, output))];
        return fitting.Length == 1
            ? fitting[0].Name
            : throw new ModelException(
                model,
                $"its manifest promises an output {name} {Text(tensor.Shape)} ({tensor.Role}), the network gives "
                    + $"{string.Join(", ", signature.Outputs)}"
            );
    }

    /// <summary>Whether the network has such an output.</summary>
    public static bool Has(NetworkSignature signature, string name, ModelTensor tensor) =>
        signature.Outputs.Any(output =>
            Fits(tensor.Shape, output) && (output.Name == name || (tensor.Shape is not null && output.Shape.Count > 0))
        );

    /// <summary>All axes but the first, the batch, must agree where both are fixed; exporters often fix the batch of an output that is
    /// free.</summary>
    private static bool Fits(IReadOnlyList<JsonElement>? promised, NetworkTensor tensor)
    {
        if (!tensor.IsFloat)
            return false;
        if (promised is null || tensor.Shape.Count == 0)
            return true;
        if (promised.Count != tensor.Shape.Count)
            return false;
        for (int axis = 1; axis < promised.Count; axis++)
        {
            bool fixedAxis = promised[axis].ValueKind == JsonValueKind.Number && tensor.Shape[axis] != NetworkTensor.Free;
            if (fixedAxis && promised[axis].GetInt32() != tensor.Shape[axis])
                return false;
        }
        return true;
    }

    private static string Text(IReadOnlyList<JsonElement>? shape) => shape is null ? "" : $"[{string.Join(", ", shape)}]";
}
