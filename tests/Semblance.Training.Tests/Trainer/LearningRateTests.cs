using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Trainer;

public sealed class LearningRateTests
{
    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(1, 0.1)]
    [InlineData(2, 0.1)]
    [InlineData(6, 0.05)]
    [InlineData(9, 0.0125)]
    public void Rate_rises_linearly_and_falls_linearly_when_it_is_polynomial(long step, double expected) =>
        Assert.Equal(
            expected,
            new LearningRate
            {
                Base = 0.1,
                TotalSteps = 10,
                WarmupSteps = 2,
            }.At(step),
            12
        );

    [Theory]
    [InlineData(4, 0.1)]
    [InlineData(5, 0.01)]
    [InlineData(8, 0.001)]
    public void Rate_falls_by_ten_at_every_milestone_when_it_goes_in_steps(long step, double expected) =>
        Assert.Equal(
            expected,
            new LearningRate
            {
                Base = 0.1,
                TotalSteps = 10,
                Decay = RateDecay.Steps,
                Milestones = [5, 8],
            }.At(step),
            12
        );

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(55, 0.5)]
    [InlineData(100, 0)]
    public void A_cosine_rises_and_then_falls_to_nothing(long step, double expected) =>
        Assert.Equal(
            expected,
            new LearningRate
            {
                Base = 1,
                TotalSteps = 100,
                WarmupSteps = 10,
                Decay = RateDecay.Cosine,
            }.At(step),
            6
        );
}
