namespace Semblance.Evaluation.Statistics;

/// <summary>
/// Whether two systems err differently on the same decisions (Q. McNemar, Psychometrika 12 (1947), 153), by the exact binomial
/// distribution, so that it holds for few disagreements too.
/// </summary>
/// <param name="OnlyFirstRight">Decisions that the first alone got right.</param>
/// <param name="OnlySecondRight">Decisions that the second alone got right.</param>
/// <param name="PValue">Two-sided: how often chance alone would give a difference as large.</param>
public sealed record McNemarTest(long OnlyFirstRight, long OnlySecondRight, double PValue)
{
    /// <summary>Tests paired decisions.</summary>
    /// <param name="decisions">Whether the first and the second were right, decision by decision.</param>
    public static McNemarTest Of(IEnumerable<(bool First, bool Second)> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        long first = 0,
            second = 0;
        foreach ((bool a, bool b) in decisions)
        {
            first += a && !b ? 1 : 0;
            second += b && !a ? 1 : 0;
        }
        return Of(first, second);
    }

    /// <summary>Tests counts of disagreements.</summary>
    /// <param name="onlyFirst">Decisions that the first alone got right.</param>
    /// <param name="onlySecond">Decisions that the second alone got right.</param>
    public static McNemarTest Of(long onlyFirst, long onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        long n = onlyFirst + onlySecond,
            k = Math.Min(onlyFirst, onlySecond);
        return new(onlyFirst, onlySecond, n == 0 ? 1 : Math.Min(1, 2 * AtMost(k, n)));
    }

    /// <summary>P(at most k of n) at one half: the sum of n over i by 2^n, term by term in logarithms.</summary>
    private static double AtMost(long k, long n)
    {
        double term = -n * Math.Log(2),
            sum = Math.Exp(term);
        for (long i = 1; i <= k; i++)
        {
            term += Math.Log((n - i + 1) / (double)i);
            sum += Math.Exp(term);
        }
        return sum;
    }
}
