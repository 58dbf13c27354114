using Semblance.Embedding;
using Semblance.Evaluation.Calibration;

namespace Semblance.Evaluation.Tests.Calibration;

/// <summary>Made-up faces of two kinds: grown-ups all over the sphere, and children close to one direction.</summary>
public sealed class ScoreCalibrationTests
{
    private const int Dimension = 32,
        People = 400;

    private static readonly ScoreCalibrationOptions Options = new()
    {
        Members = 40,
        Neighbours = 5,
        Resamples = 10,
    };

    private static readonly ScoreCalibrationResult Result = Calibrate(Faces(seed: 1));

    [Fact]
    public void Strangers_who_look_alike_keep_the_rate_of_those_who_do_not()
    {
        CalibrationFace[] others = [.. Faces(seed: 2)];
        double threshold = Result.Calibration.Fmr.Single(row => row[0] == 1e-2)[1];
        Assert.InRange(RateOf(others, "child", threshold), 0, 0.03);
        Assert.InRange(RateOf(others, "adult", threshold), 0, 0.03);
        // By similarity alone nearly all children are one person at a threshold that a hundredth of the adults reach.
        float[] adults = [.. Similarities(others, "adult").OrderDescending()];
        float plain = adults[adults.Length / 100];
        Assert.True(Similarities(others, "child").Count(similarity => similarity >= plain) > 0.9 * Similarities(others, "child").Length);
    }

    [Fact]
    public void Both_halves_make_cohorts_that_measure_alike()
    {
        ScoreCalibrationResult other = Calibrate(Faces(seed: 1), 2);
        Assert.NotEqual(Result.Members.Id, other.Members.Id);
        Assert.Equal(Result.Calibration.Fmr[2][1], other.Calibration.Fmr[2][1], 1e-9);
    }

    [Fact]
    public void Result_tells_its_strangers_and_the_people_behind_a_member()
    {
        Assert.Equal("alike in gender", Result.Calibration.Strangers);
        Assert.Equal((Result.Members.Count, 5, 5), (Result.Cohort.Members, Result.Cohort.Neighbours, Result.Cohort.SmallestGroup));
    }

    [Fact]
    public void Second_pictures_without_a_name_are_left_out()
    {
        List<CalibrationFace> faces = [.. Faces(seed: 3)];
        CalibrationFace named = faces.First(face => face.Person is not null);
        faces.Add(named with { Image = "again.jpg", Person = null });
        Assert.Contains(Calibrate(faces).LeftOut, pair => pair.ImageA == "again.jpg" || pair.ImageB == "again.jpg");
    }

    [Fact]
    public void Too_few_people_are_refused() => Assert.Throws<EvaluationException>(() => Calibrate([.. Faces(seed: 4).Take(20)]));

    [Fact]
    public void Wrong_options_are_named_all_at_once()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new ScoreCalibrationOptions { Half = 3, SmallestGroup = 1 }.Validate()
        );
        Assert.Contains(nameof(ScoreCalibrationOptions.Half), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ScoreCalibrationOptions.SmallestGroup), error.Message, StringComparison.Ordinal);
    }

    private static ScoreCalibrationResult Calibrate(IReadOnlyList<CalibrationFace> faces, int half = 1) =>
        ScoreCalibration.Calibrate(
            faces,
            "made up",
            "alike in gender",
            Options with
            {
                Half = half,
            },
            TestContext.Current.CancellationToken
        );

    private static double RateOf(CalibrationFace[] faces, string kind, double threshold)
    {
        CalibrationFace[] ofKind = [.. faces.Where(face => face.Kind == kind && face.Image.EndsWith("-0", StringComparison.Ordinal))];
        float[] baselines = [.. ofKind.Select(face => Result.Members.BaselineOf(face.Embedding.Vector.Span))];
        int matches = 0,
            pairs = 0;
        for (int i = 0; i < ofKind.Length; i++)
        for (int j = i + 1; j < ofKind.Length; j++, pairs++)
            if (Dot(ofKind[i], ofKind[j]) - (baselines[i] + baselines[j]) / 2 >= threshold)
                matches++;
        return (double)matches / pairs;
    }

    private static float[] Similarities(CalibrationFace[] faces, string kind)
    {
        CalibrationFace[] ofKind = [.. faces.Where(face => face.Kind == kind && face.Image.EndsWith("-0", StringComparison.Ordinal))];
        return [.. from i in Enumerable.Range(0, ofKind.Length) from j in Enumerable.Range(0, i) select Dot(ofKind[i], ofKind[j])];
    }

    private static float Dot(CalibrationFace a, CalibrationFace b)
    {
        float sum = 0;
        for (int i = 0; i < Dimension; i++)
            sum += a.Embedding.Vector.Span[i] * b.Embedding.Vector.Span[i];
        return sum;
    }

    /// <summary>Two pictures of everybody; of the children nobody knows the name.</summary>
    private static List<CalibrationFace> Faces(int seed)
    {
        Random random = new(seed);
        float[] childlike = MadeUpVectors.Direction(new Random(0), Dimension);
        List<CalibrationFace> faces = [];
        for (int person = 0; person < People; person++)
        {
            bool child = person % 2 == 0;
            float[] self = MadeUpVectors.Mixed(MadeUpVectors.Direction(random, Dimension), childlike, child ? 1.5f : 0);
            for (int picture = 0; picture < (child ? 1 : 2); picture++)
                faces.Add(
                    new(
                        $"{seed}-{person}-{picture}",
                        child ? null : $"{seed}-{person}",
                        child ? "child" : "adult",
                        "",
                        new FaceEmbedding(
                            MadeUpVectors.Mixed(self, MadeUpVectors.Direction(random, Dimension), 0.4f),
                            3 + (float)random.NextDouble(),
                            "made-up",
                            "made-up/1"
                        )
                    )
                );
        }
        return faces;
    }
}
