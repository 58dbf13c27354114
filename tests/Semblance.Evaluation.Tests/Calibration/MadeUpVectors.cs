namespace Semblance.Evaluation.Tests.Calibration;

/// <summary>Unit vectors of faces that never were.</summary>
internal static class MadeUpVectors
{
    /// <summary>A direction, all alike likely.</summary>
    public static float[] Direction(Random random, int dimension) =>
        Unit([.. Enumerable.Range(0, dimension).Select(_ => (float)Gaussian(random))]);

    /// <summary>A direction drawn towards another one.</summary>
    public static float[] Mixed(float[] a, float[] b, float weight) => Unit([.. a.Zip(b, (x, y) => x + weight * y)]);

    private static float[] Unit(float[] vector)
    {
        float length = MathF.Sqrt(vector.Sum(x => x * x));
        return Array.ConvertAll(vector, x => x / length);
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
