using System.Numerics.Tensors;
using Semblance.Embedding;

namespace Semblance.Evaluation.Calibration;

/// <summary>
/// Makes a cohort of strangers: centroids of faces by spherical k-means (Dhillon and Modha, "Concept decompositions for large sparse text
/// data using clustering", Machine Learning 42, 2001). A centroid of too few people is dissolved, so that none is anybody's template.
/// </summary>
internal static class CohortMaking
{
    /// <summary>Rounds of assigning faces to centroids.</summary>
    private const int Rounds = 12;

    /// <summary>From this round on centroids of too few people are dissolved.</summary>
    private const int FirstStrict = 8;

    /// <summary>Makes it.</summary>
    /// <param name="faces">Unit vectors, and whose they are.</param>
    /// <param name="options">Number of members, neighbours, people behind a member, seed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationException">Too few people.</exception>
    public static EmbeddingCohort Make(
        IReadOnlyList<CalibrationFace> faces,
        ScoreCalibrationOptions options,
        CancellationToken cancellationToken
    )
    {
        int people = faces.Select(face => face.Somebody).Distinct().Count();
        int count = Math.Min(options.Members, people / options.SmallestGroup);
        if (count < options.Neighbours)
            throw new EvaluationException(
                $"{people} people are too few for a cohort: {options.Neighbours} members of {options.SmallestGroup} people each are needed"
            );
        int dimension = faces[0].Embedding.Dimension;
        Random random = new(options.Seed);
        int[] order = [.. Enumerable.Range(0, faces.Count)];
        random.Shuffle(order);
        float[][] centres = [.. order.Take(count).Select(i => faces[i].Embedding.Vector.ToArray())];
        int[] nearest = new int[faces.Count];
        for (int round = 0; round < Rounds; round++)
        {
            float[][] current = centres;
            Parallel.For(0, faces.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
                nearest[i] = NearestOf(faces[i].Embedding.Vector.Span, current)
            );
            int smallest = round >= FirstStrict ? options.SmallestGroup : 1;
            centres =
            [
                .. Enumerable
                    .Range(0, faces.Count)
                    .GroupBy(i => nearest[i])
                    .OrderBy(group => group.Key)
                    .Where(group => group.Select(i => faces[i].Somebody).Distinct().Count() >= smallest)
                    .Select(group => MeanOf(faces, group, dimension)),
            ];
        }
        if (centres.Length < options.Neighbours)
            throw new EvaluationException(
                $"only {centres.Length} groups of {options.SmallestGroup} people or more are alike enough for a cohort"
            );
        float[] members = [.. centres.SelectMany(centre => centre)];
        // What is measured is what a file gives back.
        return EmbeddingCohort.FromBytes(new EmbeddingCohort(members, dimension, options.Neighbours).ToBytes(), options.Neighbours);
    }

    private static int NearestOf(ReadOnlySpan<float> face, float[][] centres)
    {
        int nearest = 0;
        float best = float.NegativeInfinity;
        for (int c = 0; c < centres.Length; c++)
        {
            float similarity = TensorPrimitives.Dot(face, centres[c]);
            if (similarity > best)
                (nearest, best) = (c, similarity);
        }
        return nearest;
    }

    private static float[] MeanOf(IReadOnlyList<CalibrationFace> faces, IEnumerable<int> group, int dimension)
    {
        float[] sum = new float[dimension];
        foreach (int i in group)
            TensorPrimitives.Add(sum, faces[i].Embedding.Vector.Span, sum);
        TensorPrimitives.Divide(sum, Math.Max(TensorPrimitives.Norm<float>(sum), float.Epsilon), sum);
        return sum;
    }
}
