using Semblance.Models;

namespace Semblance.Runtime;

/// <summary>Reads the values that an output's manifest entry describes: a slice, an activation, a factor.</summary>
internal static class ModelValues
{
    /// <summary>The only activation that is known.</summary>
    private const string Softmax = "softmax";

    /// <summary>One row of an output as its manifest means it.</summary>
    /// <param name="model">Catalogue id, for messages.</param>
    /// <param name="row">What the network gave for one face.</param>
    /// <param name="tensor">The manifest's entry.</param>
    /// <exception cref="ModelException">The slice does not lie in the row, or the activation is not known, or values are no
    /// numbers.</exception>
    public static float[] Read(string model, ReadOnlySpan<float> row, ModelTensor tensor)
    {
        if (tensor.Slice is { } slice)
        {
            if (slice is not [var first, var count] || first < 0 || count < 1 || first + count > row.Length)
                throw new ModelException(model, $"its manifest takes the slice [{string.Join(", ", slice)}] of {row.Length} values");
            row = row.Slice(first, count);
        }
        float[] values = row.ToArray();
        if (!values.All(float.IsFinite))
            throw new ModelException(model, "gave values that are no numbers; the file may be damaged");
        if (tensor.Activation is { } activation)
        {
            if (activation != Softmax)
                throw new ModelException(model, $"its manifest asks for the activation '{activation}'; known is {Softmax}");
            System.Numerics.Tensors.TensorPrimitives.SoftMax(row, values);
        }
        for (int i = 0; i < values.Length; i++)
            values[i] *= tensor.Factor ?? 1;
        return values;
    }
}
