using System.Text;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Tests.Reference;

/// <summary>A tensor filled by the rule of the reference networks: made anew each time it is read, so that even the largest network takes
/// no memory.</summary>
internal sealed class RuleTensor(string key, string kind, double gain, IReadOnlyList<long> shape) : StateTensor(shape)
{
    public override float[] ToFloats()
    {
        double fanIn = Shape.Skip(1).Aggregate(1.0, (product, size) => product * size),
            bound = Math.Sqrt(3 / fanIn);
        Func<double, double> value = kind switch
        {
            "running_var" => u => 0.5 + u,
            "running_mean" or "bias" => u => 0.2 * (u - 0.5),
            "bn_weight" => u => 0.8 + 0.4 * u,
            "prelu_weight" => u => 0.1 + 0.3 * u,
            "conv_weight" or "linear_weight" => u => (2 * u - 1) * bound * gain,
            "num_batches_tracked" => _ => 0,
            "input" => u => 2 * u - 1,
            _ => throw new ArgumentException($"unknown kind {kind}"),
        };
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ b) * 0x00000100000001B3;
        float[] values = new float[Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)value((SplitMix(hash + (ulong)i) >> 11) * Math.Pow(2, -53));
        return values;
    }

    private static ulong SplitMix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
