namespace Semblance.Training.Trainer;

/// <summary>How the learning rate falls.</summary>
internal enum RateDecay
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>To 0 at the last step, as a power of what is left: 1 is linear (arcface_torch).</summary>
    Polynomial,

    /// <summary>By a factor at milestones (AdaFace).</summary>
    Steps,

    /// <summary>To 0 at the last step, along half a cosine (Loshchilov, Hutter, ICLR 2017, eq. 5).</summary>
    Cosine,

    /// <summary>It stays, and falls linearly to 0 over the last steps (Hägele et al., NeurIPS 2024): until then a run does not depend on
    /// how long it will be.</summary>
    Late,
}

/// <summary>The learning rate of every step.</summary>
internal sealed record LearningRate
{
    /// <summary>Highest rate.</summary>
    public required double Base { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Steps in which the rate rises linearly to <see cref="Base"/>.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>How it falls afterwards.</summary>
    public RateDecay Decay { get; init; } = RateDecay.Polynomial;

    /// <summary>Exponent of the polynomial decay.</summary>
    public double Power { get; init; } = 1;

    /// <summary>Steps at which the rate falls by <see cref="Factor"/>.</summary>
    public IReadOnlyList<long> Milestones { get; init; } = [];

    /// <summary>What the rate is multiplied by at a milestone.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Last steps, over which <see cref="RateDecay.Late"/> falls.</summary>
    public long CooldownSteps { get; init; }

    /// <summary>The rate of a step.</summary>
    /// <param name="step">0 is the first.</param>
    public double At(long step)
    {
        if (step < WarmupSteps)
            return Base * (step + 1) / WarmupSteps;
        double decayed = (double)(step - WarmupSteps) / Math.Max(1, TotalSteps - WarmupSteps);
        return Decay switch
        {
            RateDecay.Polynomial => Base * Math.Pow(1 - decayed, Power),
            RateDecay.Cosine => Base * 0.5 * (1 + Math.Cos(Math.PI * decayed)),
            RateDecay.Steps => Base * Math.Pow(Factor, Milestones.Count(milestone => step >= milestone)),
            RateDecay.Late => Base * Math.Min(1, (double)(TotalSteps - step) / Math.Max(1, CooldownSteps)),
            _ => Base,
        };
    }
}
