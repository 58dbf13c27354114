using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Statistics;
using Semblance.Models;

namespace Semblance.Evaluation.Tests.Calibration;

public sealed class ThresholdCalibrationTests
{
    private const int Dimension = 64;
    private const int Seed = 20;

    [Fact]
    public void Threshold_is_the_lowest_similarity_that_keeps_the_bound_of_the_rate()
    {
        LabelledEmbedding[] set = RandomPeople(people: 200, pictures: 3, spread: 0.1);
        ModelCalibration calibration = ThresholdCalibration.Calibrate(set, "random", TestContext.Current.CancellationToken).Calibration;
        double[] strangers = [.. Pairs(set).Where(pair => pair.A.Person != pair.B.Person).Select(pair => Similarity(pair.A, pair.B))];
        Assert.Equal(strangers.Length, calibration.NonMatedPairs);
        foreach (IReadOnlyList<double> row in calibration.Fmr)
        {
            Assert.True(ClopperPearson.Upper(strangers.Count(s => s >= row[1]), strangers.Length) <= row[0]);
            Assert.True(ClopperPearson.Upper(strangers.Count(s => s >= row[1] - 2e-5), strangers.Length) > row[0] * 0.98);
        }
    }

    [Fact]
    public void Rates_are_supported_down_to_three_over_the_comparisons()
    {
        ModelCalibration calibration = ThresholdCalibration.Calibrate(RandomPeople(100, 2, 0.1), "random", TestContext.Current.CancellationToken).Calibration;
        // 200 pictures: 19,800 pairs of different people support 3e-4 (10,000 needed) but not 1e-4 (30,000).
        Assert.Equal(19_800, calibration.NonMatedPairs);
        Assert.Equal(3e-4, calibration.Fmr[^1][0]);
    }

    [Fact]
    public void Interval_over_people_encloses_the_threshold()
    {
        ModelCalibration calibration = ThresholdCalibration.Calibrate(RandomPeople(150, 2, 0.1), "random", TestContext.Current.CancellationToken).Calibration;
        IReadOnlyList<double> row = calibration.Fmr.Single(r => r[0] == 1e-2), interval = calibration.FmrInterval!.Single(r => r[0] == 1e-2);
        Assert.InRange(row[1], interval[1], interval[2]);
        Assert.True(interval[2] > interval[1]);
    }

    [Fact]
    public void Probability_is_one_half_where_both_kinds_are_equally_likely()
    {
        ModelCalibration calibration = ThresholdCalibration.Calibrate(RandomPeople(150, 4, 0.35), "random", TestContext.Current.CancellationToken).Calibration;
        double middle = -calibration.Probability.B / calibration.Probability.A;
        Assert.InRange(middle, 0.1, 0.9);
        Assert.True(calibration.Probability.A > 0);
    }

    [Fact]
    public void A_wrong_label_shows_up_first_among_the_most_similar_strangers()
    {
        LabelledEmbedding[] set = RandomPeople(50, 2, 0.1);
        set[1] = set[1] with { Person = "somebody else" };
        SuspiciousPair suspect = ThresholdCalibration.Calibrate(set, "random", TestContext.Current.CancellationToken).MostSimilarStrangers[0];
        Assert.Equal((set[0].Image, set[1].Image), (suspect.ImageA, suspect.ImageB));
    }

    [Fact]
    public void Too_few_comparisons_are_refused() =>
        Assert.Throws<EvaluationException>(() => ThresholdCalibration.Calibrate(RandomPeople(3, 2, 0.1), "random", TestContext.Current.CancellationToken));

    private static LabelledEmbedding[] RandomPeople(int people, int pictures, double spread)
    {
        Random random = new(Seed);
        List<LabelledEmbedding> set = [];
        for (int p = 0; p < people; p++)
        {
            float[] center = Direction(random);
            for (int k = 0; k < pictures; k++)
            {
                float[] noise = Direction(random);
                float[] vector = [.. center.Zip(noise, (c, n) => c + (float)spread * n)];
                float length = MathF.Sqrt(vector.Sum(x => x * x));
                set.Add(new($"{p}/{k}", $"{p}", new(vector.Select(x => x / length).ToArray(), length, "test", "test/1")));
            }
        }
        return [.. set];
    }

    private static float[] Direction(Random random)
    {
        double[] normal = [.. Enumerable.Range(0, Dimension).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        double length = Math.Sqrt(normal.Sum(x => x * x));
        return [.. normal.Select(x => (float)(x / length))];
    }

    private static IEnumerable<(LabelledEmbedding A, LabelledEmbedding B)> Pairs(LabelledEmbedding[] set) =>
        from i in Enumerable.Range(0, set.Length) from j in Enumerable.Range(i + 1, set.Length - i - 1) select (set[i], set[j]);

    private static double Similarity(LabelledEmbedding a, LabelledEmbedding b) =>
        a.Embedding.Vector.ToArray().Zip(b.Embedding.Vector.ToArray(), (x, y) => x * y).Sum();
}
