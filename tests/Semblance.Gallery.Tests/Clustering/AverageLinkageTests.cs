using Semblance.Gallery.Clustering;
using Semblance.Gallery.Tests.Search;

namespace Semblance.Gallery.Tests.Clustering;

public class AverageLinkageTests
{
    private const int Dimension = 24;

    [Theory]
    [InlineData(0.1f, 0.9, 1)]
    [InlineData(0.3f, 0.9, 2)]
    [InlineData(0.5f, 0.6, 3)]
    [InlineData(0.7f, 0.6, 4)]
    [InlineData(-1f, 0.6, 5)]
    [InlineData(1.1f, 0.6, 6)]
    public void Groups_are_those_of_joining_the_best_pair_again_and_again(float threshold, double spread, int seed)
    {
        ReadOnlyMemory<float>[] faces = Faces(90, 12, spread, seed);
        VectorRows rows = new(faces);
        int[] components = new SimilarPairs(rows, threshold, 2).Components(TestContext.Current.CancellationToken);
        IEnumerable<List<int>> groups = Enumerable
            .Range(0, faces.Length)
            .GroupBy(face => components[face])
            .SelectMany(component => new AverageLinkage(rows, [.. component], threshold).Join(TestContext.Current.CancellationToken));
        Assert.Equal(Describe(PlainAverageLinkage(faces, threshold)), Describe(groups));
    }

    [Fact]
    public void Look_alike_pair_does_not_chain_two_people()
    {
        // Two groups of three; one face of each is near the other group.
        float[][] people =
        [
            [1, 0, 0],
            [0.98f, 0.2f, 0],
            [0.75f, 0.66f, 0],
            [0, 1, 0],
            [0.2f, 0.98f, 0],
            [0.66f, 0.75f, 0],
        ];
        VectorRows rows = new([.. people.Select(face => (ReadOnlyMemory<float>)face)]);
        int[] connected = new SimilarPairs(rows, 0.7f, 1).Components(TestContext.Current.CancellationToken);
        Assert.All(connected, component => Assert.Equal(0, component));
        Assert.Equal(2, new AverageLinkage(rows, [0, 1, 2, 3, 4, 5], 0.7f).Join(TestContext.Current.CancellationToken).Count);
    }

    internal static ReadOnlyMemory<float>[] Faces(int count, int people, double spread, int seed)
    {
        float[] vectors = RandomVectors.Groups(count, Dimension, people, spread * Math.Sqrt(Dimension) / 4, seed);
        return [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<float>)vectors.AsMemory(i * Dimension, Dimension))];
    }

    /// <summary>By the definition, from the pairs, in double precision.</summary>
    private static List<List<int>> PlainAverageLinkage(ReadOnlyMemory<float>[] faces, double threshold)
    {
        List<List<int>> groups = [.. Enumerable.Range(0, faces.Length).Select(face => new List<int> { face })];
        while (groups.Count > 1)
        {
            (double Mean, int A, int B) best = (double.NegativeInfinity, 0, 0);
            for (int a = 0; a < groups.Count; a++)
            for (int b = a + 1; b < groups.Count; b++)
                if (Mean(groups[a], groups[b]) is var mean && mean > best.Mean)
                    best = (mean, a, b);
            if (best.Mean < threshold)
                break;
            groups[best.A].AddRange(groups[best.B]);
            groups.RemoveAt(best.B);
        }
        return groups;

        double Mean(List<int> a, List<int> b) => a.Average(i => b.Average(j => Cosine(faces[i].Span, faces[j].Span)));
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }

    private static string Describe(IEnumerable<List<int>> groups) =>
        string.Join(" | ", groups.Select(group => string.Join(' ', group.Order())).Order(StringComparer.Ordinal));
}
