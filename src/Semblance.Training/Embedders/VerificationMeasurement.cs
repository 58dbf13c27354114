using Semblance.Evaluation.Verification;

namespace Semblance.Training.Embedders;

/// <summary>Measures a network on pairs.</summary>
internal static class VerificationMeasurement
{
    /// <summary>Ten-fold accuracy and acceptance rates; pairs with a picture without a face count as wrong.</summary>
    /// <param name="set">The pairs.</param>
    /// <param name="embed">Unit vectors of crops.</param>
    public static VerificationReport Measure(VerificationSet set, Func<IReadOnlyList<byte[]>, float[][]> embed)
    {
        Dictionary<string, float[]> known = set.Images.Zip(embed(set.Crops)).ToDictionary(pair => pair.First, pair => pair.Second);
        return VerificationProtocol.Evaluate(
            set.Pairs,
            pair => known.TryGetValue(pair.ImageA, out float[]? a) && known.TryGetValue(pair.ImageB, out float[]? b) ? Dot(a, b) : null,
            set.Faceless
        );
    }

    private static double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }
}
