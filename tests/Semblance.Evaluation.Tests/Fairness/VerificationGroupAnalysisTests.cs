using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Tests.Comparisons;

namespace Semblance.Evaluation.Tests.Fairness;

public sealed class VerificationGroupAnalysisTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly GroupOptions Small = new() { MinPeople = 2, Draws = 200 };

    /// <summary>Men stand 40 degrees apart, women 20: cosines .77 and .94; a man and a woman are 90 or more apart.</summary>
    private static readonly (string Person, string Gender, double Degrees)[] People =
    [
        ("m1", "male", 0),
        ("m2", "male", 40),
        ("m3", "male", 80),
        ("f1", "female", 180),
        ("f2", "female", 200),
        ("f3", "female", 220),
    ];

    [Fact]
    public void Rates_and_matrix_are_those_counted_by_hand()
    {
        VerificationGroups judged = Judge(0.9);
        // Accepted at .9: f1-f2 and f2-f3 (20 degrees, .94); f1-f3 is .77.
        Assert.Equal(["female", "male"], judged.Groups.Select(group => group.Name));
        Assert.Equal((2, 3), (judged.Groups[0].Fmr.Events, judged.Groups[0].Fmr.Trials));
        Assert.Equal((0, 3), (judged.Groups[1].Fmr.Events, judged.Groups[1].Fmr.Trials));
        Assert.Equal((0, 9), (judged.Matrix[0][1].Events, judged.Matrix[0][1].Trials));
        Assert.Equal(judged.Matrix[0][1], judged.Matrix[1][0]);
        Assert.Equal((2, 15), (judged.AllFmr.Events, judged.AllFmr.Trials));
        Assert.Equal((2, 6), (judged.WithinFmr.Events, judged.WithinFmr.Trials));
        Assert.Equal((0, 9), (judged.BetweenFmr.Events, judged.BetweenFmr.Trials));
    }

    [Fact]
    public void Group_without_an_error_enters_the_quotient_with_its_upper_bound()
    {
        MeasuredInequality inequality = Judge(0.9).FmrInequality!;
        Assert.Equal(["male"], inequality.Bounded);
        // 2/3 against 1 − 0.05^(1/3) = 0.6316.
        Assert.Equal(2 / 3.0 / 0.63160, inequality.Measures.Ratio!.Value, 3);
        Assert.Equal("female", inequality.Worst);
    }

    [Fact]
    public void Errors_of_one_person_are_not_measurable_without_second_pictures()
    {
        VerificationGroups judged = Judge(0.9);
        Assert.All(judged.Groups, group => Assert.Null(group.Fnmr));
        Assert.Null(judged.AllFnmr);
        Assert.Null(judged.FnmrInequality);
        Assert.Null(judged.Joint);
    }

    [Fact]
    public void Errors_of_one_person_are_counted_by_group_where_there_are_second_pictures()
    {
        VerificationGroups judged = Judge(0.9, ("m1", "male", 5), ("f1", "female", 140), ("m2", "male", 85));
        // m1: 5 degrees, accepted; m2: 45 degrees, refused; f1: 40 degrees, refused.
        Assert.Equal((1, 2), (judged.Groups[1].Fnmr!.Events, judged.Groups[1].Fnmr!.Trials));
        Assert.Equal((1, 1), (judged.Groups[0].Fnmr!.Events, judged.Groups[0].Fnmr!.Trials));
        Assert.NotNull(judged.Joint);
    }

    [Fact]
    public void Small_groups_are_named_and_stay_out_of_the_measures()
    {
        AllPairsSet set = Compare(People);
        VerificationGroups judged = VerificationGroupAnalysis.Judge(
            set,
            Grouping.By("gender", [.. People.Select(p => p.Gender)]),
            new(0.9, 1e-2, "here"),
            Small with
            {
                MinPeople = 4,
            },
            cancellationToken: Stop
        );
        Assert.All(judged.Groups, group => Assert.Equal("3 people, 4 needed", group.TooSmall));
        Assert.Null(judged.FmrInequality);
        Assert.All(judged.Groups, group => Assert.Null(group.ThresholdNeeded));
    }

    [Fact]
    public void Few_comparisons_for_the_rate_are_too_small_a_group()
    {
        VerificationGroups judged = VerificationGroupAnalysis.Judge(
            Compare(People),
            Grouping.By("gender", [.. People.Select(p => p.Gender)]),
            new(0.9, 0.5, "here"),
            Small,
            cancellationToken: Stop
        );
        Assert.All(judged.Groups, group => Assert.Equal("3 comparisons, 6 needed", group.TooSmall));
    }

    [Fact]
    public void One_group_has_rates_but_nothing_to_compare_with()
    {
        VerificationGroups judged = VerificationGroupAnalysis.Judge(
            Compare(People),
            Grouping.By("planet", [.. People.Select(_ => "earth")]),
            new(0.9, null, "here"),
            Small,
            cancellationToken: Stop
        );
        Assert.Equal((2, 15), (judged.Groups[0].Fmr.Events, judged.Groups[0].Fmr.Trials));
        Assert.Null(judged.FmrInequality);
    }

    [Fact]
    public void Pictures_without_a_label_are_counted_and_in_no_group()
    {
        VerificationGroups judged = VerificationGroupAnalysis.Judge(
            Compare(People),
            Grouping.By("gender", ["male", "male", "male", null, "female", "female"]),
            new(0.9, null, "here"),
            Small,
            cancellationToken: Stop
        );
        Assert.Equal(1, judged.Unlabelled);
        Assert.Equal((1, 1), (judged.Groups[0].Fmr.Events, judged.Groups[0].Fmr.Trials));
        Assert.Equal((2, 15), (judged.AllFmr.Events, judged.AllFmr.Trials));
    }

    [Fact]
    public void Set_without_any_label_is_refused() =>
        Assert.Throws<EvaluationException>(() =>
            VerificationGroupAnalysis.Judge(
                Compare(People),
                Grouping.By("race", [null, null, null, null, null, null]),
                new(0.9, null, "x"),
                cancellationToken: Stop
            )
        );

    [Fact]
    public void Same_seed_gives_the_same_intervals_and_they_hold_the_rate()
    {
        ComparedFace[] faces = PlaneFaces.Random(people: 80, pictures: 3, seed: 11);
        Grouping grouping = Grouping.By("g", [.. faces.Select((_, i) => i / 3 % 2 == 0 ? "a" : "b")]);
        AllPairsSet set = AllPairsSet.Compare(faces, new() { Rates = [1e-2], Groupings = [grouping] }, cancellationToken: Stop);
        OperatingPoint point = new(set.ThresholdFor(1e-2), 1e-2, "this set");
        VerificationGroups first = VerificationGroupAnalysis.Judge(
                set,
                grouping,
                point,
                new() { Draws = 300, Seed = 5 },
                cancellationToken: Stop
            ),
            second = VerificationGroupAnalysis.Judge(
                set,
                grouping,
                point,
                new()
                {
                    Draws = 300,
                    Seed = 5,
                    Threads = 1,
                },
                cancellationToken: Stop
            );
        Assert.Equal(first.Groups, second.Groups);
        Assert.All(first.Groups, group =>
        {
            Assert.True(group.Fmr.Low < group.Fmr.Rate && group.Fmr.Rate < group.Fmr.High);
            Assert.InRange(group.ThresholdNeeded!.Value, 0, 1);
        });
        Assert.True(first.FmrInequality!.RatioInterval![0] >= 1);
    }

    private static VerificationGroups Judge(double threshold, params (string Person, string Gender, double Degrees)[] more)
    {
        (string Person, string Gender, double Degrees)[] people = [.. People, .. more];
        return VerificationGroupAnalysis.Judge(
            Compare(people),
            Grouping.By("gender", [.. people.Select(p => p.Gender)]),
            new(threshold, null, "by hand"),
            Small,
            cancellationToken: Stop
        );
    }

    private static AllPairsSet Compare((string Person, string Gender, double Degrees)[] people) =>
        AllPairsSet.Compare(
            [.. people.Select(p => PlaneFaces.At(p.Person, p.Degrees))],
            new() { Thresholds = [0.9], Groupings = [Grouping.By("gender", [.. people.Select(p => p.Gender)])] },
            cancellationToken: Stop
        );
}
