using Semblance.Evaluation.Attributes;

namespace Semblance.Evaluation.Tests.Attributes;

public sealed class ReliabilityTests
{
    [Fact]
    public void Bins_hold_what_was_stated_and_what_was_right()
    {
        IReadOnlyList<ReliabilityBin> bins = Reliability.Diagram([(0.95, true), (0.97, false), (0.5, true), (1, true)]);
        Assert.Equal([(7 / 15.0, 1), (14 / 15.0, 3)], bins.Select(bin => (bin.Low, bin.Count)));
        Assert.Equal((0.95 + 0.97 + 1) / 3, bins[1].Stated, 9);
        Assert.Equal(2 / 3.0, bins[1].Right, 9);
    }

    [Fact]
    public void Sum_over_the_bins_is_the_calibration_error()
    {
        (double, bool)[] answers = [.. Enumerable.Range(0, 300).Select(i => (0.4 + i % 60 / 100.0, i % 3 > 0))];
        Assert.Equal(
            CalibrationError.Of(answers),
            Reliability.Diagram(answers).Sum(bin => Math.Abs(bin.Stated - bin.Right) * bin.Count) / answers.Length,
            9
        );
    }

    [Fact]
    public void Surest_answers_come_first_and_faces_without_an_answer_stay_unanswered()
    {
        IReadOnlyList<SelectivePoint> points = Reliability.Selective([(0.9, true), (0.6, false), (0.9, true), (0.8, true)], unknown: 1);
        Assert.Equal([(0.4, 1.0, 0.9), (0.6, 1, 0.8), (0.8, 0.75, 0.6)], points.Select(p => (p.Answered, p.Accuracy, p.Certainty)));
    }

    [Fact]
    public void One_probability_for_all_is_one_point() =>
        Assert.Equal([new(1, 0.5, 0.7)], Reliability.Selective([(0.7, true), (0.7, false)], unknown: 0));
}
