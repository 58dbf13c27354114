using System.Numerics;
using Semblance.Evaluation.Detection;
using Semblance.Geometry;

namespace Semblance.Evaluation.Tests.Detection;

public sealed class LandmarkProtocolTests
{
    private static readonly FaceBox Box = new(0, 0, 80, 125);
    private static readonly FaceLandmarks Truth = new(new(20, 40), new(60, 40), new(40, 60), new(25, 90), new(55, 90));

    [Fact]
    public void Distances_are_taken_by_the_box_and_by_the_eyes()
    {
        // √(80 · 125) = 100; every point is 5 away, the nose 15: mean 7.
        FaceLandmarks found = Truth.Select(p => p + new Vector2(3, 4)) with { NoseTip = Truth.NoseTip + new Vector2(9, 12) };
        LandmarkReport report = LandmarkProtocol.Evaluate([(Box, Truth, found), (Box, Truth, null)]);
        Assert.Equal((2, 1), (report.Faces, report.Missed));
        Assert.Equal(0.07, report.MeanByBox, 6);
        Assert.Equal(7 / 40.0, report.MeanByEyes!.Value, 6);
        Assert.Equal([0.05, 0.05, 0.15, 0.05, 0.05], report.MeanByPoint.Select(mean => Math.Round(mean, 6)));
        // The face that was not found is a failure.
        Assert.Equal(0.5, report.FailureRate);
        Assert.Equal(0, report.Cumulative.First(p => p.Error > 0.064).Share);
        Assert.Equal(0.5, report.Cumulative.First(p => p.Error > 0.069).Share);
    }

    [Fact]
    public void Profile_with_one_eye_over_the_other_has_no_distance_of_eyes() =>
        Assert.Null(LandmarkProtocol.Evaluate([(Box, Truth with { LeftEye = Truth.RightEye }, Truth)]).MeanByEyes);

    [Fact]
    public void Nothing_found_is_an_error_and_not_a_perfect_score() =>
        Assert.Throws<EvaluationException>(() => LandmarkProtocol.Evaluate([(Box, Truth, null)]));
}
