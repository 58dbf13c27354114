namespace Semblance.Evaluation.Statistics;

/// <summary>What is known where nothing happened: the one-sided 95 % bound 1 − 0.05^(1/N), about 3/N.</summary>
public static class RuleOfThree
{
    private const double Rest = 0.05;

    /// <summary>The bound.</summary>
    /// <param name="trials">How often it could have happened; 1 or more.</param>
    public static double UpperBound(long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        // Written so that it keeps its digits where N goes into the millions.
        return -double.ExpM1(Math.Log(Rest) / trials);
    }

    /// <summary>Trials that a rate needs so that no event at all would show that it is kept: 3 / rate.</summary>
    /// <param name="rate">Above 0.</param>
    public static long TrialsFor(double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        return (long)Math.Ceiling(3 / rate * (1 - 1e-12));
    }
}
