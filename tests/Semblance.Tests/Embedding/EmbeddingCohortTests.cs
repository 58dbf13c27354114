using Semblance.Embedding;
using Semblance.Tests.Matching;

namespace Semblance.Tests.Embedding;

public sealed class EmbeddingCohortTests
{
    [Fact]
    public void Baseline_is_the_mean_similarity_to_the_most_similar_members()
    {
        EmbeddingCohort cohort = new([1, 0, 0, 1, -1, 0, 0.6f, 0.8f], dimension: 2, neighbours: 2);
        // Similarities of (1, 0) are 1, 0, -1 and 0.6.
        Assert.Equal(0.8, cohort.BaselineOf([1, 0]), 1e-6);
    }

    [Fact]
    public void File_gives_back_members_to_half_a_step_of_a_byte_and_the_same_id()
    {
        float[] members = [.. Enumerable.Range(0, 20).SelectMany(seed => MatchingFaces.Unit(64, seed))];
        EmbeddingCohort made = new(members, 64, 5);
        byte[] bytes = made.ToBytes();
        EmbeddingCohort read = EmbeddingCohort.FromBytes(bytes, 5);
        Assert.Equal((20, 64, 5, made.Id), (read.Count, read.Dimension, read.Neighbours, read.Id));
        for (int seed = 100; seed < 110; seed++)
        {
            float[] face = MatchingFaces.Unit(64, seed);
            Assert.Equal(made.BaselineOf(face), read.BaselineOf(face), 0.01);
        }
    }

    [Fact]
    public void Damaged_file_is_refused()
    {
        byte[] bytes = new EmbeddingCohort([1, 0, 0, 1], 2, 1).ToBytes();
        Assert.Throws<InvalidDataException>(() => EmbeddingCohort.FromBytes(bytes.AsSpan(1), 1));
        Assert.Throws<InvalidDataException>(() => EmbeddingCohort.FromBytes(bytes.AsSpan(0, bytes.Length - 1), 1));
        Assert.Throws<InvalidDataException>(() => EmbeddingCohort.FromBytes(bytes, 3));
        Assert.Throws<InvalidDataException>(() => EmbeddingCohort.FromBytes([], 1));
        byte[] huge = [.. bytes];
        huge[8] = 3;
        Assert.Throws<InvalidDataException>(() => EmbeddingCohort.FromBytes(huge, 1));
    }

    [Fact]
    public void Vector_of_another_dimension_is_refused() =>
        Assert.Throws<ArgumentException>(() => new EmbeddingCohort([1, 0, 0, 1], 2, 1).BaselineOf([1, 0, 0]));
}
