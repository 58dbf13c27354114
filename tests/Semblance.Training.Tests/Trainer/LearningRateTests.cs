using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Trainer;

public sealed class LearningRateTests
{
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(55, 0.5)]
    [InlineData(100, 0)]
    public void A_cosine_rises_and_then_falls_to_nothing(long step, double expected) =>
        Assert.Equal(expected, new LearningRate { Base = 1, TotalSteps = 100, WarmupSteps = 10, Decay = RateDecay.Cosine }.At(step), 6);
}
