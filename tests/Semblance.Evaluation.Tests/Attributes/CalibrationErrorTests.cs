using Semblance.Evaluation.Attributes;

namespace Semblance.Evaluation.Tests.Attributes;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void Chance_alone_makes_an_error_that_falls_with_the_root_of_the_number_of_faces()
    {
        // In one bin the error is |k / n - p|, whose mean is near sqrt(2 p (1 - p) / (pi n)).
        Assert.Equal(Math.Sqrt(2 * 0.25 / (Math.PI * 100)), CalibrationError.ByChance([.. Enumerable.Repeat(0.5, 100)]), 0.01);
        Assert.Equal(Math.Sqrt(2 * 0.25 / (Math.PI * 10_000)), CalibrationError.ByChance([.. Enumerable.Repeat(0.5, 10_000)]), 0.001);
    }

    [Fact]
    public void Probabilities_of_0_and_1_leave_nothing_to_chance() => Assert.Equal(0, CalibrationError.ByChance([1, 1, 1]));

    [Fact]
    public void No_answers_have_no_error() => Assert.Throws<EvaluationException>(() => CalibrationError.ByChance([]));
}
