using Semblance.Training.Trainer;

namespace Semblance.Training.Tests.Trainer;

public sealed class DivergenceGuardTests
{
    [Fact]
    public void Training_stops_with_a_smaller_rate_named_when_the_loss_rises_for_good()
    {
        DivergenceGuard guard = new();
        for (int step = 0; step < 200; step++)
            guard.Check(step, 2, 1, 0.3);
        TrainingException error = Assert.Throws<TrainingException>(() =>
        {
            for (int step = 200; step < 1000; step++)
                guard.Check(step, 20, 1, 0.3);
        });
        Assert.Contains("training diverges at learning rate 0.3", error.Message);
        Assert.Contains("use a learning rate of 0.1", error.Message);
    }

    [Fact]
    public void Training_goes_on_when_single_losses_are_high()
    {
        DivergenceGuard guard = new();
        for (int step = 0; step < 1000; step++)
            guard.Check(step, step % 50 == 0 ? 30 : 2, 1, 0.3);
    }

    [Fact]
    public void Training_stops_when_the_gradient_is_infinite() =>
        Assert.Contains(
            "gradient is not a number",
            Assert.Throws<TrainingException>(() => new DivergenceGuard().Check(0, 1, double.PositiveInfinity, 0.1)).Message
        );
}
