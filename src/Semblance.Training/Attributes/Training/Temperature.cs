using System.Numerics.Tensors;

namespace Semblance.Training.Attributes.Training;

/// <summary>Temperature scaling (Guo et al., ICML 2017, section 4.2) for probabilities that are the mean over a crop and its mirror
/// image.</summary>
internal static class Temperature
{
    private const double Lowest = 0.3,
        Highest = 4;
    private const int Steps = 40;

    /// <summary>The temperature with the lowest value of a function, by golden-section search over its logarithm.</summary>
    public static double Minimize(Func<double, double> value)
    {
        double ratio = (Math.Sqrt(5) - 1) / 2,
            low = Math.Log(Lowest),
            high = Math.Log(Highest);
        for (int i = 0; i < Steps; i++)
        {
            double a = high - ratio * (high - low),
                b = low + ratio * (high - low);
            if (value(Math.Exp(a)) < value(Math.Exp(b)))
                high = b;
            else
                low = a;
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>The mean of two softmaxes at a temperature.</summary>
    public static float[] Probabilities(ReadOnlySpan<float> plain, ReadOnlySpan<float> mirrored, double temperature)
    {
        float[] a = Probabilities(plain, temperature),
            b = Probabilities(mirrored, temperature);
        for (int i = 0; i < a.Length; i++)
            a[i] = (a[i] + b[i]) / 2;
        return a;
    }

    /// <summary>The softmax at a temperature.</summary>
    public static float[] Probabilities(ReadOnlySpan<float> logits, double temperature)
    {
        float[] values = new float[logits.Length];
        TensorPrimitives.Multiply(logits, (float)(1 / temperature), values);
        TensorPrimitives.Subtract(values, TensorPrimitives.Max<float>(values), values);
        TensorPrimitives.SoftMax<float>(values, values);
        return values;
    }
}
