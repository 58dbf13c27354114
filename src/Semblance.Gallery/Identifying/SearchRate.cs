namespace Semblance.Gallery.Identifying;

/// <summary>From the rate of a search to that of its single comparisons and back.</summary>
/// <remarks>
/// A stranger passes a search of N independent comparisons unless all refuse: FPIR = 1 - (1 - FMR)^N (ISO/IEC 19795-1:2021; Grother, Ngan
/// and Hanaoka, NISTIR 8271). References of one person are not independent, so the FPIR that is kept is lower than asked for, never higher
/// by this.
/// </remarks>
public static class SearchRate
{
    /// <summary>The false match rate 1 - (1 - FPIR)^(1/N) of single comparisons; about FPIR / N.</summary>
    /// <param name="falsePositiveIdentificationRate">Between 0 and 1.</param>
    /// <param name="comparisons">N, 1 or more.</param>
    public static double FalseMatchRateOf(double falsePositiveIdentificationRate, long comparisons)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        // In logarithms, because 1 minus a small number would lose its digits.
        return -ExpMinus1(LogOf1Plus(-falsePositiveIdentificationRate) / comparisons);
    }

    /// <summary>The rate 1 - (1 - FMR)^N of a search.</summary>
    /// <param name="falseMatchRate">Between 0 and 1.</param>
    /// <param name="comparisons">N, 1 or more.</param>
    public static double FalsePositiveIdentificationRateOf(double falseMatchRate, long comparisons)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        return -ExpMinus1(LogOf1Plus(-falseMatchRate) * comparisons);
    }

    /// <summary>log(1 + x), exact for small x (Goldberg, "What every computer scientist should know about floating-point arithmetic",
    /// theorem 4).</summary>
    private static double LogOf1Plus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : x * Math.Log(sum) / (sum - 1);
    }

    /// <summary>exp(x) - 1, exact for small x (Kahan's form of the same).</summary>
    private static double ExpMinus1(double x)
    {
        double power = Math.Exp(x);
        if (power == 1)
            return x;
        double minus = power - 1;
        return minus == -1 ? -1 : minus * x / Math.Log(power);
    }
}
