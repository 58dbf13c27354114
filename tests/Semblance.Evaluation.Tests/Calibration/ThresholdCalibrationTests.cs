using FsCheck.Fluent;
using Semblance.Embedding;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Verification;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Statistics;
using Semblance.Tests.Support;

namespace Semblance.Evaluation.Tests.Calibration;

public sealed class ThresholdCalibrationTests
{
    private static readonly CalibrationOptions Quick = new() { Resamples = 20 };

    [Theory]
    [InlineData(1e-1, 0.02)]
    [InlineData(1e-2, 0.003)]
    [InlineData(1e-3, 0.001)]
    public void Threshold_nears_the_true_one_when_cosines_are_uniform(double rate, double tolerance)
    {
        ModelCalibration calibration = ThresholdCalibration
            .Calibrate(SyntheticFaces.People(400, seed: 11), "synthetic", Quick, Stop)
            .Calibration;
        Assert.Equal(1 - 2 * rate, Threshold(calibration, rate), tolerance);
    }

    [Fact]
    public void Threshold_is_the_lowest_whose_bound_keeps_the_rate()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(60, seed: 5);
        ModelCalibration calibration = ThresholdCalibration.Calibrate(set, "synthetic", Quick, Stop).Calibration;
        double[] strangers = Cosines(set, same: false);
        foreach (IReadOnlyList<double> row in calibration.Fmr)
        {
            Assert.True(ClopperPearson.Upper(strangers.Count(s => s >= row[1]), strangers.Length) <= row[0]);
            // One pair more: the most similar of those that are refused.
            double next = strangers.Where(s => s < row[1]).Max();
            Assert.True(ClopperPearson.Upper(strangers.Count(s => s >= next), strangers.Length) > row[0]);
            Assert.InRange(row[1] - next, 0, 1.1e-5);
        }
    }

    [Fact]
    public void Rates_end_where_the_rule_of_three_says()
    {
        // 60 people with two pictures: 4 * 60 * 59 / 2 = 7,080 comparisons support 3 / 7,080 = 4.2e-4 and more.
        ModelCalibration calibration = ThresholdCalibration
            .Calibrate(SyntheticFaces.People(60, seed: 5), "synthetic", Quick, Stop)
            .Calibration;
        Assert.Equal(7_080, calibration.NonMatedPairs);
        Assert.Equal([1e-1, 3e-2, 1e-2, 3e-3, 1e-3], calibration.Fmr.Select(row => row[0]));
    }

    [Fact]
    public void Table_can_be_asked_by_a_matcher_and_refuses_rates_below_its_end()
    {
        ModelCalibration calibration = ThresholdCalibration
            .Calibrate(SyntheticFaces.People(60, seed: 5), "synthetic", Quick, Stop)
            .Calibration;
        ThresholdTable table = new("synthetic", calibration);
        Assert.Equal(Threshold(calibration, 1e-2), table.ThresholdFor(1e-2), 1e-12);
        Assert.Equal(1e-3, Assert.Throws<UnsupportedRateException>(() => table.ThresholdFor(1e-4)).Smallest);
    }

    [Fact]
    public void Counts_are_those_of_all_pairs_of_the_set()
    {
        ModelCalibration calibration = ThresholdCalibration
            .Calibrate(SyntheticFaces.People(30, seed: 2), "thirty people", Quick, Stop)
            .Calibration;
        Assert.Equal(
            (30, 30, 1_740, "thirty people"),
            (calibration.People, calibration.MatedPairs, calibration.NonMatedPairs, calibration.Data)
        );
    }

    [Fact]
    public void Fnmr_is_the_fraction_of_mated_pairs_below_the_threshold()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(60, seed: 5, noise: 0.3);
        ModelCalibration calibration = ThresholdCalibration.Calibrate(set, "synthetic", Quick, Stop).Calibration;
        double[] mated = Cosines(set, same: true);
        for (int i = 0; i < calibration.Fmr.Count; i++)
            Assert.Equal(mated.Count(s => s < calibration.Fmr[i][1]) / (double)mated.Length, calibration.Fnmr![i][1], 1e-6);
        Assert.True(calibration.Fnmr![^1][1] > 0.1);
    }

    [Fact]
    public void Interval_encloses_the_threshold_and_is_wider_for_fewer_people()
    {
        double Width(int people)
        {
            ModelCalibration calibration = ThresholdCalibration
                .Calibrate(SyntheticFaces.People(people, seed: 9), "synthetic", CalibrationOptions.Default, Stop)
                .Calibration;
            IReadOnlyList<double> row = calibration.FmrInterval!.Single(row => row[0] == 1e-2);
            Assert.InRange(Threshold(calibration, 1e-2), row[1], row[2]);
            return row[2] - row[1];
        }
        Assert.True(Width(30) > 1.5 * Width(300));
    }

    [Fact]
    public void Interval_repeats_with_the_seed_and_differs_with_another()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(60, seed: 5);
        double[][] Intervals(int seed) =>
            [
                .. ThresholdCalibration
                    .Calibrate(set, "synthetic", Quick with { Seed = seed }, Stop)
                    .Calibration.FmrInterval!.Select(row => row.ToArray()),
            ];
        Assert.Equal(Intervals(1), Intervals(1));
        Assert.NotEqual(Intervals(1), Intervals(2));
    }

    [Fact]
    public void Calibration_does_not_depend_on_the_order_of_the_set()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(25, seed: 4);
        string expected = Table(set);
        SeededProperty.Check(Gen.Shuffle(set), shuffled => Assert.Equal(expected, Table(shuffled)), count: 20);

        static string Table(LabelledEmbedding[] faces) =>
            string.Join(
                ' ',
                ThresholdCalibration.Calibrate(faces, "synthetic", Quick, Stop).Calibration.Fmr.Select(row => $"{row[0]}:{row[1]}")
            );
    }

    [Fact]
    public void Thresholds_rise_as_rates_fall_whatever_the_set()
    {
        SeededProperty.Check(
            Gen.Choose(0, 1_000_000),
            seed =>
            {
                double[] thresholds =
                [
                    .. ThresholdCalibration
                        .Calibrate(SyntheticFaces.People(20, seed), "synthetic", Quick, Stop)
                        .Calibration.Fmr.Select(row => row[1]),
                ];
                Assert.Equal(3, thresholds.Length);
                Assert.Equal(thresholds.Order(), thresholds);
            },
            count: 30
        );
    }

    [Fact]
    public void Suspects_begin_with_one_person_under_two_names()
    {
        LabelledEmbedding[] set = WithAlias();
        SuspiciousPair first = ThresholdCalibration.Calibrate(set, "synthetic", Quick, Stop).MostSimilarStrangers[0];
        Assert.Equal(("p0/0.jpg", "alias/0.jpg"), (first.ImageA, first.ImageB));
        Assert.Equal(1, first.Similarity, 1e-6);
    }

    [Fact]
    public void Labels_make_one_person_of_two_names()
    {
        LabelledEmbedding[] set = WithAlias();
        CalibrationResult before = ThresholdCalibration.Calibrate(set, "synthetic", Quick, Stop);
        LabelledPair[] labels =
        [
            new("p0/0.jpg", "alias/0.jpg", true),
            new("alias/0.jpg", "p0/1.jpg", true),
            new("p0/0.jpg", "not there.jpg", true),
        ];
        CalibrationResult after = ThresholdCalibration.Calibrate(set, "synthetic", Quick with { Labels = labels }, Stop);
        Assert.Equal(before.Calibration.MatedPairs + 2, after.Calibration.MatedPairs);
        Assert.Equal(before.Calibration.NonMatedPairs - 2, after.Calibration.NonMatedPairs);
        Assert.DoesNotContain(after.MostSimilarStrangers, pair =>
            pair.ImageB == "alias/0.jpg" && pair.ImageA.StartsWith("p0", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Labels_take_a_stranger_out_of_a_person()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(30, seed: 2);
        ModelCalibration calibration = ThresholdCalibration
            .Calibrate(set, "synthetic", Quick with { Labels = [new("p3/1.jpg", "p3/0.jpg", false)] }, Stop)
            .Calibration;
        Assert.Equal((29, 1_741), (calibration.MatedPairs, calibration.NonMatedPairs));
    }

    [Fact]
    public void Labels_that_contradict_one_another_are_refused()
    {
        CalibrationOptions options = Quick with { Labels = [new("p3/0.jpg", "p3/1.jpg", false), new("p3/1.jpg", "p3/0.jpg", true)] };
        string message = Assert
            .Throws<EvaluationException>(() =>
                ThresholdCalibration.Calibrate(SyntheticFaces.People(30, seed: 2), "synthetic", options, Stop)
            )
            .Message;
        Assert.Contains("p3/1.jpg and p3/0.jpg", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probability_is_one_half_between_the_two_kinds()
    {
        ProbabilityModel probability = ThresholdCalibration
            .Calibrate(SyntheticFaces.People(60, seed: 5), "synthetic", Quick, Stop)
            .Calibration.Probability;
        Assert.Equal("logistic", probability.Kind);
        Assert.InRange(-probability.B / probability.A, 0.9, 1);
        Assert.True(probability.A > 0);
    }

    [Fact]
    public void Too_few_comparisons_are_refused_with_their_number()
    {
        string message = Assert
            .Throws<EvaluationException>(() => ThresholdCalibration.Calibrate(SyntheticFaces.People(4, seed: 1), "synthetic", Stop))
            .Message;
        Assert.StartsWith("24 comparisons", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Single_pictures_of_everyone_are_refused()
    {
        LabelledEmbedding[] set = [.. SyntheticFaces.People(30, seed: 1).Where((_, i) => i % 2 == 0)];
        Assert.Contains(
            "two pictures",
            Assert.Throws<EvaluationException>(() => ThresholdCalibration.Calibrate(set, "synthetic", Stop)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_same_picture_twice_is_refused_by_name()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(30, seed: 1);
        string message = Assert
            .Throws<EvaluationException>(() => ThresholdCalibration.Calibrate([.. set, set[7]], "synthetic", Stop))
            .Message;
        Assert.Contains(set[7].Image, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_that_identical_strangers_break_are_left_out()
    {
        // Five strangers with the very same vector make ten pairs that no threshold refuses: more than 1e-3 allows in 7,690 comparisons,
        // fewer than 3e-3.
        LabelledEmbedding[] set =
        [
            .. SyntheticFaces.People(60, seed: 5),
            .. Enumerable.Range(0, 5).Select(i => SyntheticFaces.Face($"x{i}.jpg", $"x{i}", 1, 0, 0)),
        ];
        ModelCalibration calibration = ThresholdCalibration.Calibrate(set, "synthetic", Quick, Stop).Calibration;
        Assert.Equal(7_690, calibration.NonMatedPairs);
        Assert.Equal([1e-1, 3e-2, 1e-2, 3e-3], calibration.Fmr.Select(row => row[0]));
    }

    [Fact]
    public void Embeddings_of_two_contracts_are_refused()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(30, seed: 1);
        set[3] = set[3] with { Embedding = set[3].Embedding with { Contract = "other/1" } };
        Assert.Equal(
            "other/1",
            Assert.Throws<EmbeddingMismatchException>(() => ThresholdCalibration.Calibrate(set, "synthetic", Stop)).ContractB
        );
    }

    [Fact]
    public void Defaults_are_as_documented() =>
        Assert.Equal(
            (1, 200, 10),
            (CalibrationOptions.Default.Seed, CalibrationOptions.Default.Resamples, CalibrationOptions.Default.Suspects)
        );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static double Threshold(ModelCalibration calibration, double rate) => calibration.Fmr.Single(row => row[0] == rate)[1];

    private static LabelledEmbedding[] WithAlias()
    {
        LabelledEmbedding[] set = SyntheticFaces.People(30, seed: 2);
        return [.. set, new("alias/0.jpg", "alias", set[0].Embedding)];
    }

    private static double[] Cosines(LabelledEmbedding[] set, bool same) =>
        [
            .. from i in Enumerable.Range(0, set.Length)
            from j in Enumerable.Range(i + 1, set.Length - i - 1)
            where (set[i].Person == set[j].Person) == same
            select FaceSimilarity.Cosine(set[i].Embedding, set[j].Embedding),
        ];
}
