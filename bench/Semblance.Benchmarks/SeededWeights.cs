using Semblance.Conversion.Architectures;
using Semblance.Conversion.Weights;

namespace Semblance.Benchmarks;

/// <summary>Weights of plausible size for any architecture, made anew whenever they are read.</summary>
internal static class SeededWeights
{
    public static StateDict Of(IArchitecture architecture) =>
        new(architecture.Keys.Select((key, number) => KeyValuePair.Create<string, StateTensor>(key.Name, new SeededTensor(key, number))));

    private sealed class SeededTensor(StateKey key, int seed) : StateTensor(key.Shape)
    {
        /// <summary>Keeps the sums of a hundred residual blocks within floats' comfort.</summary>
        private const double Gain = 0.6;

        public override float[] ToFloats()
        {
            Random random = new(seed);
            double fanIn = Shape.Skip(1).Aggregate(1.0, (product, size) => product * size);
            (double low, double high) =
                Shape.Count > 1 ? (-Gain * Math.Sqrt(3 / fanIn), Gain * Math.Sqrt(3 / fanIn))
                : key.Name.EndsWith("running_var", StringComparison.Ordinal) ? (0.5, 1.5)
                : key.Name.EndsWith("running_mean", StringComparison.Ordinal) || key.Name.EndsWith("bias", StringComparison.Ordinal)
                    ? (-0.1, 0.1)
                : (0.1, 1.0);
            float[] values = new float[Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)(low + (high - low) * random.NextDouble());
            return values;
        }
    }
}
