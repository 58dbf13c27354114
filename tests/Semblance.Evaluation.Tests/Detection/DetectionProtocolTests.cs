using Semblance.Detection;
using Semblance.Evaluation.Detection;

namespace Semblance.Evaluation.Tests.Detection;

public sealed class DetectionProtocolTests
{
    [Fact]
    public void Average_precision_of_a_known_curve_is_its_area()
    {
        // By score: hit, false, hit; two faces. Precision 1 up to recall 0.5, then 2/3.
        DetectionReport report = Evaluate([Truth(0), Truth(100)], [Found(0, 0.9f), Found(300, 0.8f), Found(100, 0.7f)]);
        Assert.Equal(0.5 * 1 + 0.5 * 2 / 3, report.Ap["16"], 1e-12);
        Assert.Equal(1, report.RecallAt1FalsePositivePerImage["16"]);
    }

    [Fact]
    public void A_second_detection_of_one_face_is_false() =>
        Assert.Equal(0.5 + 0.5 * 2 / 3, Evaluate([Truth(0), Truth(100)], [Found(0, 0.9f), Found(1, 0.8f), Found(100, 0.7f)]).Ap["16"], 1e-12);

    [Fact]
    public void An_ignored_face_is_neither_miss_nor_false_detection()
    {
        DetectionReport report = Evaluate([Truth(0), Truth(100) with { Ignore = true }], [Found(100, 0.9f), Found(0, 0.8f)]);
        Assert.Equal(1, report.Faces);
        Assert.Equal(1, report.Ap["16"]);
    }

    [Fact]
    public void Faces_and_detections_below_the_height_do_not_count()
    {
        // A face of 40 pixels is found; a small one is missed, and a small detection hits nothing.
        DetectionReport report = Evaluate([Truth(0), new(new(100, 0, 20, 20), false)], [Found(0, 0.8f), Found(200, 0.9f, 20)], 32);
        Assert.Equal(1, report.Ap["32"]);
    }

    [Fact]
    public void A_detection_that_overlaps_too_little_is_false() =>
        Assert.Equal(0, Evaluate([Truth(0)], [Found(25, 0.9f)]).Ap["16"]);

    [Fact]
    public void No_detection_gives_zero() => Assert.Equal(0, Evaluate([Truth(0)], []).Ap["16"]);

    private static DetectionReport Evaluate(TruthBox[] truth, DetectedFace[] found, int height = 16) =>
        DetectionProtocol.Evaluate([(new TruthImage("a.jpg", truth), found)], [height], 0);

    private static TruthBox Truth(float x) => new(new(x, 0, 40, 40), Ignore: false);

    private static DetectedFace Found(float x, float score, float side = 40) => new(new(x, 0, side, side), score, default);
}
