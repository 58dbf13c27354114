using Semblance.Detection;
using Semblance.Evaluation.Detection;
using Semblance.Geometry;

namespace Semblance.Evaluation.Tests.Detection;

public sealed class WiderFaceProtocolTests
{
    private static readonly FaceBox First = new(0, 0, 50, 50),
        Second = new(200, 0, 50, 50),
        Third = new(400, 0, 50, 50);

    [Fact]
    public void Precision_over_recall_is_that_worked_by_hand()
    {
        // Falling: a hit, a false one, a hit: precision 1 up to recall 1/2, then 2/3.
        double ap = Ap([First, Second], [0, 1], (First, 0.9f), (Third, 0.8f), (Second, 0.5f));
        Assert.Equal(0.5 * 1 + 0.5 * 2 / 3, ap, 9);
    }

    [Fact]
    public void Faces_that_do_not_count_are_neither_misses_nor_false_detections() =>
        Assert.Equal(1, Ap([First, Second], [0], (Second, 0.9f), (First, 0.5f)), 9);

    [Fact]
    public void Second_detection_of_a_face_is_false()
    {
        double ap = Ap([First, Second], [0, 1], (First, 0.9f), (First, 0.8f), (Second, 0.5f));
        Assert.Equal(0.5 * 1 + 0.5 * 2 / 3, ap, 9);
    }

    [Fact]
    public void Boxes_have_whole_pixels_at_both_ends()
    {
        // 9 by 19 beside 19 by 19 pixels: with both ends 200 of 400, exactly half; without them 171 of 361.
        Assert.Equal(1, Ap([new FaceBox(0, 0, 19, 19)], [0], (new FaceBox(0, 0, 9, 19), 0.9f)), 9);
        Assert.Equal(0, Ap([new FaceBox(0, 0, 19, 19)], [0], (new FaceBox(0, 0, 8.9f, 19), 0.9f)), 9);
    }

    [Fact]
    public void Scores_are_stretched_over_the_whole_set_whatever_their_range()
    {
        double percent = Ap([First, Second], [0, 1], (First, 90), (Third, 80), (Second, 50)),
            fraction = Ap([First, Second], [0, 1], (First, 0.9f), (Third, 0.8f), (Second, 0.5f));
        Assert.Equal(fraction, percent, 9);
    }

    [Fact]
    public void Pictures_without_labelled_faces_do_not_count() =>
        Assert.Equal(
            1,
            WiderFaceProtocol.AveragePrecision([(new("a", [First], [0]), [Face(First, 0.5f)]), (new("b", [], []), [Face(Third, 0.9f)])]),
            9
        );

    [Fact]
    public void Nothing_found_is_0_and_nothing_to_find_is_an_error()
    {
        Assert.Equal(0, Ap([First], [0]));
        Assert.Throws<EvaluationException>(() => Ap([First], []));
    }

    private static double Ap(FaceBox[] truth, int[] counted, params (FaceBox Box, float Score)[] found) =>
        WiderFaceProtocol.AveragePrecision([(new("a", truth, counted), [.. found.Select(f => Face(f.Box, f.Score))])]);

    private static DetectedFace Face(FaceBox box, float score) => new(box, score, default);
}
