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
    public void Average_precision_takes_the_best_precision_at_that_recall_or_beyond() =>
        // By score: false, hit, hit. Precision is 1/2, then 2/3, which counts for both.
        Assert.Equal(2.0 / 3, Evaluate([Truth(0), Truth(100)], [Found(300, 0.9f), Found(0, 0.8f), Found(100, 0.7f)]).Ap["16"], 1e-12);

    [Fact]
    public void A_second_detection_of_one_face_is_false() =>
        Assert.Equal(
            0.5 + 0.5 * 2 / 3,
            Evaluate([Truth(0), Truth(100)], [Found(0, 0.9f), Found(1, 0.8f), Found(100, 0.7f)]).Ap["16"],
            1e-12
        );

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
    public void A_detection_that_overlaps_too_little_is_false() => Assert.Equal(0, Evaluate([Truth(0)], [Found(25, 0.9f)]).Ap["16"]);

    [Fact]
    public void No_detection_gives_zero() => Assert.Equal(0, Evaluate([Truth(0)], []).Ap["16"]);

    [Fact]
    public void A_detection_takes_the_free_face_that_it_overlaps_most()
    {
        // The first overlaps both faces (0.6 and 0.74); were it to take the left one, the second would hit nothing.
        DetectionReport report = Evaluate([Truth(0), Truth(16)], [Found(10, 0.9f), Found(0, 0.8f)]);
        Assert.Equal(1, report.Ap["16"]);
    }

    [Fact]
    public void A_detection_prefers_a_face_that_counts_to_an_ignored_one_that_it_overlaps_more() =>
        Assert.Equal(1, Evaluate([Truth(10), Truth(0) with { Ignore = true }], [Found(2, 0.9f)]).Ap["16"]);

    [Fact]
    public void An_ignored_face_excuses_any_number_of_detections() =>
        Assert.Equal(
            1,
            Evaluate(
                [Truth(0), Truth(100) with { Ignore = true }],
                [Found(100, 0.9f), Found(101, 0.9f), Found(102, 0.8f), Found(0, 0.7f)]
            ).Ap["16"]
        );

    [Fact]
    public void An_overlap_of_one_half_is_a_hit() =>
        // 40 x 40 inside 40 x 80: 1600 / 3200.
        Assert.Equal(1, DetectionProtocol.Evaluate([(new("a.jpg", [new(new(0, 0, 40, 80), false)]), [Found(0, 0.9f)])], [16], 0).Ap["16"]);

    [Fact]
    public void Detections_of_one_score_come_in_together()
    {
        // Hit and false detection of one score: precision 1/2 at recall 1, whichever is given first.
        Assert.Equal(0.5, Evaluate([Truth(0)], [Found(0, 0.9f), Found(300, 0.9f)]).Ap["16"]);
        Assert.Equal(0.5, Evaluate([Truth(0)], [Found(300, 0.9f), Found(0, 0.9f)]).Ap["16"]);
    }

    [Fact]
    public void Scores_are_ranked_over_all_pictures()
    {
        (TruthImage, IReadOnlyList<DetectedFace>)[] images =
        [
            (new("a.jpg", [Truth(0)]), [Found(0, 0.5f)]),
            (new("b.jpg", []), [Found(0, 0.9f), Found(90, 0.8f), Found(180, 0.7f)]),
        ];
        DetectionReport report = DetectionProtocol.Evaluate(images, [16], 0.3);
        // Three false detections stand before the hit; two are allowed at one a picture.
        Assert.Equal(0.25, report.Ap["16"], 1e-12);
        Assert.Equal(0, report.RecallAt1FalsePositivePerImage["16"]);
        Assert.Equal((2, 1, 0.3), (report.Images, report.Faces, report.ScoreFloor));
    }

    [Fact]
    public void Recall_counts_the_hits_before_more_than_one_false_detection_a_picture()
    {
        DetectionReport report = Evaluate(
            [Truth(0), Truth(100), Truth(200)],
            [Found(0, 0.9f), Found(300, 0.8f), Found(100, 0.7f), Found(400, 0.6f), Found(200, 0.5f)]
        );
        Assert.Equal(2.0 / 3, report.RecallAt1FalsePositivePerImage["16"], 1e-12);
    }

    private static DetectionReport Evaluate(TruthBox[] truth, DetectedFace[] found, int height = 16) =>
        DetectionProtocol.Evaluate([(new TruthImage("a.jpg", truth), found)], [height], 0);

    private static TruthBox Truth(float x) => new(new(x, 0, 40, 40), Ignore: false);

    private static DetectedFace Found(float x, float score, float side = 40) => new(new(x, 0, side, side), score, default);
}
