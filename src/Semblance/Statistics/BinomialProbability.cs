namespace Semblance.Statistics;

/// <summary>
/// The binomial probability by its saddle point (C. Loader, "Fast and accurate computation of binomial probabilities", 2000): full
/// precision also where trials go into the millions.
/// </summary>
internal static class BinomialProbability
{
    /// <summary>From here the Stirling series is exact to double precision.</summary>
    private const double SeriesFrom = 16;

    private const int MaxTerms = 1000;

    /// <summary>Lanczos' coefficients for g = 7 (nine terms), good to 15 digits.</summary>
    private static readonly double[] Lanczos =
    [
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7,
    ];

    /// <summary>Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) p^a q^b: the probability of a successes and b failures.</summary>
    /// <param name="a">Successes, above 0.</param>
    /// <param name="b">Failures, above 0.</param>
    /// <param name="p">Probability of a success.</param>
    /// <param name="q">1 - p.</param>
    public static double At(double a, double b, double p, double q)
    {
        double n = a + b;
        // a - n p = n q - b: taken from the smaller probability, which has all its digits.
        double excess = p < q ? a - n * p : n * q - b;
        double exponent = StirlingError(n) - StirlingError(a) - StirlingError(b) - Deviance(a, n * p, excess) - Deviance(b, n * q, -excess);
        return Math.Exp(exponent) * Math.Sqrt(n / (2 * Math.PI * a * b));
    }

    /// <summary>ln Γ(n + 1) less Stirling's (n + 1/2) ln n - n + ln(2π) / 2.</summary>
    private static double StirlingError(double n)
    {
        if (n < SeriesFrom)
            return LogGamma(n + 1) - ((n + 0.5) * Math.Log(n) - n + 0.5 * Math.Log(2 * Math.PI));
        double square = n * n;
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / n;
    }

    /// <summary>x ln(x / mean) + mean - x, by its series where both are close.</summary>
    private static double Deviance(double x, double mean, double difference)
    {
        if (Math.Abs(difference) >= 0.1 * (x + mean))
            return x * Math.Log(x / mean) - difference;
        double v = difference / (x + mean),
            sum = difference * v,
            term = 2 * x * v;
        for (int k = 1; k < MaxTerms; k++)
        {
            term *= v * v;
            double next = sum + term / (2 * k + 1);
            if (next == sum)
                break;
            sum = next;
        }
        return sum;
    }

    private static double LogGamma(double z)
    {
        double x = z - 1,
            sum = Lanczos[0],
            t = x + 7.5;
        for (int i = 1; i < Lanczos.Length; i++)
            sum += Lanczos[i] / (x + i);
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
