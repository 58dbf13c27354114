namespace Semblance.Training.Trainer;

/// <summary>Notices when training leaves the rails, and says what to change.</summary>
internal sealed class DivergenceGuard
{
    /// <summary>The loss may rise to this multiple of its lowest running mean.</summary>
    public const double LargestRise = 3;

    private const double Smoothing = 0.02;
    private const int FirstSteps = 100;

    private double _mean,
        _lowest = double.PositiveInfinity;
    private long _seen;

    /// <summary>Looks at one step, before its update is made.</summary>
    /// <param name="step">Number of the step.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="gradient">Length of its gradient.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <exception cref="TrainingException">Loss or gradient are no numbers, or the loss rises for good.</exception>
    public void Check(long step, double loss, double gradient, double rate)
    {
        if (!double.IsFinite(loss) || !double.IsFinite(gradient))
            throw new TrainingException(
                $"step {step}: the {(double.IsFinite(loss) ? "gradient" : "loss")} is not a number at learning rate {rate:g3}; train "
                    + $"again into another folder "
                    + $"with a learning rate of {rate / 3:g2} (--lr), a warm-up (--warmup 1), or gradient clipping (--clip 5)"
            );
        _mean = _seen++ == 0 ? loss : _mean + Smoothing * (loss - _mean);
        if (_seen < FirstSteps)
            return;
        _lowest = Math.Min(_lowest, _mean);
        if (_mean > LargestRise * _lowest + 1)
            throw new TrainingException(
                $"step {step}: the loss rose to {_mean:g3} after {_lowest:g3}, training diverges at learning rate {rate:g3}; use a "
                    + $"learning rate of {rate / 3:g2}, "
                    + "a longer warm-up (--warmup), or gradient clipping (--clip 5)"
            );
    }
}
