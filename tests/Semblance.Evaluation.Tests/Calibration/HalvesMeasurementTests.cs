using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Tests.Calibration;

/// <summary>Made-up people all over the sphere, each with two pictures and a blurred copy of the first.</summary>
public sealed class HalvesMeasurementTests
{
    private const int Dimension = 24,
        People = 300;

    private static readonly HalvesOptions Options = new()
    {
        Calibration = new()
        {
            Members = 24,
            Neighbours = 5,
            Resamples = 1,
        },
        Groups = new() { Draws = 100, Threads = 2 },
        Rates = [1e-2, 1e-7],
    };

    private static readonly List<CalibrationFace> Faces = Made();

    private static readonly HalvesReport Report = Measure(Faces);

    [Fact]
    public void Every_group_and_condition_is_measured_both_ways_at_every_rate_that_is_supported()
    {
        Assert.Equal(People, Report.People.Sum());
        Assert.Equal(Faces.Count, Report.Faces.Sum());
        Assert.All(Report.Members, members => Assert.InRange(members, 5, 24));
        Assert.Equal(
            [
                "1 condition blur:4",
                "1 condition blur:4 with clear",
                "1 condition clear",
                "1 gender female",
                "1 gender male",
                "2 condition blur:4",
                "2 condition blur:4 with clear",
                "2 condition clear",
                "2 gender female",
                "2 gender male",
            ],
            Report.Rows.Select(row => $"{row.MadeBy} {row.Axis} {row.Group}").Order(StringComparer.Ordinal)
        );
        Assert.All(Report.Rows, row => Assert.Equal((1e-2, 3e-2), (row.AskedRate, row.Bound)));
    }

    [Fact]
    public void Only_strangers_of_the_half_that_made_nothing_are_compared()
    {
        for (int maker = 1; maker <= 2; maker++)
        {
            long n = Report.People[2 - maker];
            // Two pictures of each: all pairs less the one of one person; blurred once each, and against two pictures of every other.
            Assert.Equal(2 * n * (n - 1), Row(maker, "clear").Fmr.Trials);
            Assert.Equal(n * (n - 1) / 2, Row(maker, "blur:4").Fmr.Trials);
            Assert.Equal(2 * n * (n - 1), Row(maker, "blur:4 with clear").Fmr.Trials);
        }

        static HalvesRow Row(int maker, string group) => Report.Rows.Single(row => row.MadeBy == maker && row.Group == group);
    }

    [Fact]
    public void People_who_are_all_of_one_kind_break_no_bound() => Assert.DoesNotContain(Report.Rows, row => row.IsBroken);

    [Fact]
    public void Unmarked_second_pictures_and_their_copies_are_no_strangers()
    {
        Assert.Equal(0, Report.SecondPictures);
        CalibrationFace named = Faces.First(face => face.IsClear);
        List<CalibrationFace> twice =
        [
            .. Faces,
            named with
            {
                Image = "unmarked-1",
                Person = null,
            },
            named with
            {
                Image = "unmarked-2",
                Person = null,
            },
        ];
        HalvesReport report = Measure(twice);
        Assert.Equal(1, report.SecondPictures);
        // One person more, not two.
        Assert.Equal(People + 1, report.People.Sum());
    }

    [Fact]
    public void Same_seed_gives_the_same_report()
    {
        HalvesReport again = Measure(Made());
        Assert.Equal(Report.Rows, again.Rows);
    }

    [Theory]
    [InlineData(0.031, null, true)]
    [InlineData(0.03, null, false)]
    [InlineData(0.031, "10 people, 30 needed", false)]
    public void Bound_is_broken_where_the_lower_limit_lies_above_it(double low, string? tooSmall, bool broken) =>
        Assert.Equal(
            broken,
            new HalvesRow
            {
                MadeBy = 1,
                Axis = "age",
                Group = "0-2",
                AskedRate = 0.01,
                Threshold = 0.2,
                Fmr = new RateEstimate(40, 1000, low, 0.05),
                Bound = 0.03,
                TooSmall = tooSmall,
            }.IsBroken
        );

    [Fact]
    public void Wrong_options_are_named_all_at_once()
    {
        string message = Assert
            .Throws<EvaluationException>(
                new HalvesOptions
                {
                    Rates = [],
                    MostTimes = 0,
                    CopySimilarity = 2,
                }.Validate
            )
            .Message;
        Assert.Contains("a rate lies", message);
        Assert.Contains("the bound is", message);
        Assert.Contains("second pictures", message);
    }

    private static HalvesReport Measure(IReadOnlyList<CalibrationFace> faces) =>
        HalvesMeasurement.Measure(
            faces,
            faces
                .Select(face => face.Image)
                .Distinct()
                .ToDictionary(
                    image => image,
                    image =>
                        (IReadOnlyDictionary<string, string>)
                            new Dictionary<string, string> { ["gender"] = image[^3] % 2 == 0 ? "male" : "female" }
                ),
            Options,
            TestContext.Current.CancellationToken
        );

    private static List<CalibrationFace> Made()
    {
        Random random = new(5);
        List<CalibrationFace> faces = [];
        for (int person = 0; person < People; person++)
        {
            float[] self = MadeUpVectors.Direction(random, Dimension);
            for (int picture = 0; picture < 2; picture++)
                Add($"{person}-{picture}", "", 0.4f);
            Add($"{person}-0", "blur:4", 0.6f);

            void Add(string image, string condition, float noise) =>
                faces.Add(
                    new(
                        image,
                        $"p{person}",
                        "",
                        condition,
                        new(MadeUpVectors.Mixed(self, MadeUpVectors.Direction(random, Dimension), noise), 3, "made-up", "made-up/1")
                    )
                );
        }
        return faces;
    }
}
