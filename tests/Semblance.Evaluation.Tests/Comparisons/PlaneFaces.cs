using Semblance.Embedding;
using Semblance.Evaluation.Comparisons;

namespace Semblance.Evaluation.Tests.Comparisons;

/// <summary>Faces on the unit circle, so that a similarity is the cosine of a difference of angles.</summary>
internal static class PlaneFaces
{
    /// <summary>A face.</summary>
    /// <param name="person">Who it is.</param>
    /// <param name="degrees">Where on the circle.</param>
    public static ComparedFace At(string person, double degrees, string? image = null) =>
        new(image ?? $"{person}/{degrees}", person, Vector(degrees));

    public static FaceEmbedding Vector(double degrees, float norm = 1) =>
        new(new[] { (float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180) }, norm, "plane", "plane/1");

    /// <summary>Random people with several pictures each, in many dimensions.</summary>
    public static ComparedFace[] Random(int people, int pictures, int seed, int dimension = 24)
    {
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        List<ComparedFace> faces = [];
        for (int p = 0; p < people; p++)
        {
            double[] centre = [.. Enumerable.Range(0, dimension).Select(_ => Normal())];
            for (int i = 0; i < pictures; i++)
            {
                double[] x = [.. centre.Select(c => c + 0.8 * Normal())];
                double length = Math.Sqrt(x.Sum(v => v * v));
                faces.Add(new($"{p}/{i}", $"{p}", new(x.Select(v => (float)(v / length)).ToArray(), 1, "random", "random/1")));
            }
        }
        return [.. faces];
    }
}
