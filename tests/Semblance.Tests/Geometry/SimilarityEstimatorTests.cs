using System.Numerics;
using System.Text.Json;
using FsCheck.Fluent;
using Semblance.Detection;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Geometry;

public class SimilarityEstimatorTests
{
    [Theory]
    [InlineData(112)]
    [InlineData(128)]
    [InlineData(224)]
    public void Matrices_equal_the_reference(int size)
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require("reference/alignment.json")));
        int cases = 0;
        foreach (JsonElement @case in reference.RootElement.GetProperty("cases").EnumerateArray())
        {
            Vector2[] points =
            [
                .. @case.GetProperty("landmarks").EnumerateArray().Select(p => new Vector2(p[0].GetSingle(), p[1].GetSingle())),
            ];
            JsonElement rows = @case.GetProperty($"matrix_{size}");
            (double a, double b) = (rows[0][0].GetDouble(), rows[1][0].GetDouble());
            SimilarityTransform expected = new(a, b, rows[0][2].GetDouble(), rows[1][2].GetDouble());
            SimilarityTransform actual = SimilarityEstimator.Estimate(points, ArcFaceTemplate.ForSize(size).ToArray());

            double tolerance = 1e-4 * expected.Scale;
            Assert.Equal(expected.A, actual.A, tolerance);
            Assert.Equal(expected.B, actual.B, tolerance);
            foreach (Vector2 point in points)
                Assert.InRange(Vector2.Distance(expected.Apply(point), actual.Apply(point)), 0, 2e-3f);
            cases++;
        }
        Assert.Equal(45, cases);
    }

    [Fact]
    public void Similarity_is_recovered_from_points_that_it_moved()
    {
        var cases =
            from angle in Gen.Choose(-180, 180)
            from scale in Gen.Choose(2, 400)
            from x in Gen.Choose(-500, 500)
            from y in Gen.Choose(-500, 500)
            select new SimilarityTransform(scale / 100.0 * Math.Cos(angle), scale / 100.0 * Math.Sin(angle), x, y);

        SeededProperty.Check(cases, expected =>
        {
            Vector2[] points = ArcFaceTemplate.Points.ToArray(),
                moved = [.. points.Select(expected.Apply)];
            SimilarityTransform actual = SimilarityEstimator.Estimate(points, moved);

            Assert.Equal(expected.A, actual.A, 1e-4);
            Assert.Equal(expected.B, actual.B, 1e-4);
            foreach (Vector2 point in points)
                Assert.InRange(Vector2.Distance(expected.Apply(point), actual.Apply(point)), 0, 1e-2f);
        });
    }

    [Fact]
    public void Estimate_has_the_least_error()
    {
        Random random = new(11);
        Vector2[] points = Points(random, 5),
            targets = Points(random, 5);
        SimilarityTransform best = SimilarityEstimator.Estimate(points, targets);
        double error = Error(best);

        for (int i = 0; i < 200; i++)
        {
            double Nudge(double size) => (random.NextDouble() - 0.5) * size;
            Assert.True(Error(new(best.A + Nudge(0.01), best.B + Nudge(0.01), best.Tx + Nudge(1), best.Ty + Nudge(1))) >= error);
        }

        double Error(SimilarityTransform t) =>
            points
                .Zip(targets)
                .Sum(p =>
                    Math.Pow(t.A * p.First.X - t.B * p.First.Y + t.Tx - p.Second.X, 2)
                    + Math.Pow(t.B * p.First.X + t.A * p.First.Y + t.Ty - p.Second.Y, 2)
                );
    }

    [Fact]
    public void Four_points_fit_the_middle_of_the_mouth()
    {
        FaceLandmarks template = ArcFaceTemplate.Points;
        SimilarityTransform move = new(2, 0.5, 300, -40);
        Vector2 mouth = (template.RightMouthCorner + template.LeftMouthCorner) / 2;
        SimilarityTransform fit = SimilarityEstimator.EstimateFromMouthCenter(
            move.Apply(template.RightEye),
            move.Apply(template.LeftEye),
            move.Apply(template.NoseTip),
            move.Apply(mouth),
            112
        );

        Assert.InRange(Vector2.Distance(template.LeftMouthCorner, fit.Apply(move.Apply(template.LeftMouthCorner))), 0, 1e-3f);
    }

    [Fact]
    public void Face_with_an_estimated_mouth_is_fitted_by_four_points()
    {
        FaceLandmarks bent = ArcFaceTemplate.Points with { RightMouthCorner = new(30, 80), LeftMouthCorner = new(80, 104) };
        DetectedFace detected = new(default, 1, bent),
            estimated = detected with { LandmarksSource = LandmarksSource.EstimatedMouth };

        Assert.Equal(
            SimilarityEstimator.EstimateFromMouthCenter(bent.RightEye, bent.LeftEye, bent.NoseTip, new(55, 92), 112),
            SimilarityEstimator.Estimate(estimated.Landmarks, estimated.LandmarksSource, 112)
        );
        Assert.NotEqual(
            SimilarityEstimator.Estimate(detected.Landmarks, detected.LandmarksSource, 112),
            SimilarityEstimator.Estimate(estimated.Landmarks, estimated.LandmarksSource, 112)
        );
    }

    [Fact]
    public void Collinear_points_have_a_similarity()
    {
        SimilarityTransform fit = SimilarityEstimator.Estimate([new(0, 0), new(1, 1), new(2, 2)], [new(5, 5), new(5, 7), new(5, 9)]);

        Assert.InRange(Vector2.Distance(new(5, 11), fit.Apply(new(3, 3))), 0, 1e-5f);
    }

    public static TheoryData<string, Vector2[], Vector2[]> Impossible =>
        new()
        {
            {
                "coincide at (3000.1, 2000.7)",
                [new(3000.1f, 2000.7f), new(3000.1f, 2000.7f), new(3000.1f, 2000.7f)],
                [new(1, 2), new(3, 4), new(5, 7)]
            },
            { "not a finite number", [new(float.NaN, 0), new(1, 1)], [new(1, 2), new(3, 4)] },
            { "not a finite number", [new(0, 0), new(1, 1)], [new(1, float.PositiveInfinity), new(3, 4)] },
            { "Two or more pairs", [new(0, 0)], [new(1, 1)] },
            { "Two or more pairs", [new(0, 0), new(1, 2)], [new(1, 1)] },
            { "do not resemble", [new(0, 0), new(1, 2)], [new(1, 1), new(1, 1)] },
        };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Points_are_refused_when_no_similarity_fits(string problem, Vector2[] points, Vector2[] targets) =>
        Assert.Contains(
            problem,
            Assert.Throws<ArgumentException>(() => SimilarityEstimator.Estimate(points, targets)).Message,
            StringComparison.Ordinal
        );

    private static Vector2[] Points(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Vector2(random.NextSingle() * 100, random.NextSingle() * 100))];
}
