using Semblance.Gallery.Conformance;
using Semblance.Gallery.Identifying;
using Semblance.Matching;
using Semblance.Statistics;

namespace Semblance.Gallery.Tests.Identifying;

public sealed class NonMatedPairsTests
{
    [Fact]
    public void Threshold_is_the_lowest_whose_bound_keeps_the_rate()
    {
        FaceReference[] references = [.. Enumerable.Range(0, 300).Select(i => Reference(i, person: i / 3))];
        NonMatedPairs pairs = NonMatedPairs.Compare(references, progress: null, TestContext.Current.CancellationToken);
        double[] similarities =
        [
            .. from i in Enumerable.Range(0, 300)
            from j in Enumerable.Range(i + 1, 299 - i)
            where i / 3 != j / 3
            select FaceSimilarity.Cosine(Faces.Of(i), Faces.Of(j)),
        ];

        Assert.Equal(similarities.Length, pairs.Count);
        foreach (double rate in new[] { 0.1, 1e-2, 1e-3, 1e-4 })
        {
            double threshold = pairs.ThresholdFor(rate)!.Value;
            Assert.True(Upper(similarities.Count(s => s >= threshold)) <= rate);
            // One step lower the bound is broken, or no pair lies between.
            int lower = similarities.Count(s => s >= threshold - 1e-5);
            Assert.True(lower > similarities.Count(s => s >= threshold) && Upper(lower) > rate);
        }

        double Upper(int accepted) => ClopperPearson.Upper(accepted, similarities.Length);
    }

    [Fact]
    public void Rate_is_not_supported_by_fewer_than_three_over_it()
    {
        // 30 people with one reference each: 435 pairs.
        NonMatedPairs pairs = NonMatedPairs.Compare(
            [.. Enumerable.Range(0, 30).Select(i => Reference(i, i))],
            progress: null,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(435, pairs.Count);
        Assert.NotNull(pairs.ThresholdFor(3.0 / 435));
        Assert.Null(pairs.ThresholdFor(2.9 / 435));
        Assert.Equal(3.0 / 435, NonMatedPairs.SmallestRate(435));
        Assert.Null(NonMatedPairs.SmallestRate(3));
    }

    [Fact]
    public void Rate_is_not_supported_when_strangers_have_one_vector()
    {
        NonMatedPairs pairs = NonMatedPairs.Compare(
            [.. Enumerable.Range(0, 30).Select(i => Reference(0, i))],
            progress: null,
            TestContext.Current.CancellationToken
        );

        Assert.Null(pairs.ThresholdFor(1e-2));
        Assert.Equal(1, pairs.SmallestWithThreshold);
    }

    [Fact]
    public void Smallest_rate_counts_strangers_of_one_vector()
    {
        // 2 of 30 people have one vector: one pair of 435 cannot be told apart by any threshold.
        NonMatedPairs pairs = NonMatedPairs.Compare(
            [.. Enumerable.Range(0, 30).Select(i => Reference(i / 29 * -28 + i, i))],
            progress: null,
            TestContext.Current.CancellationToken
        );
        double smallest = pairs.SmallestWithThreshold!.Value;

        Assert.Equal(ClopperPearson.Upper(1, 435), smallest);
        Assert.NotNull(pairs.ThresholdFor(smallest));
        Assert.Null(pairs.ThresholdFor(smallest * 0.999));
    }

    private static FaceReference Reference(int face, int person) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            PersonId = new Guid(person, 0, 0, new byte[8]),
            Vector = Faces.Of(face).Vector,
            Norm = 1,
            EnrolledAt = default,
        };
}
