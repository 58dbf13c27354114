namespace Semblance.Training.Attributes.Networks;

/// <summary>A dense layer's numbers.</summary>
/// <param name="Weights">[outputs, inputs], row-major.</param>
/// <param name="Biases">[outputs].</param>
internal sealed record LinearLayer(float[] Weights, float[] Biases)
{
    /// <summary>Numbers that go in.</summary>
    public int Inputs => Weights.Length / Biases.Length;

    /// <summary>Numbers that come out.</summary>
    public int Outputs => Biases.Length;

    /// <summary>Some of the outputs, multiplied by a factor.</summary>
    public LinearLayer Rows(int first, int count, double factor) =>
        new(
            [.. Weights[(first * Inputs)..((first + count) * Inputs)].Select(weight => (float)(weight * factor))],
            [.. Biases[first..(first + count)].Select(bias => (float)(bias * factor))]
        );
}
