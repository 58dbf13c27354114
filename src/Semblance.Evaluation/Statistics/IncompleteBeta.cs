namespace Semblance.Evaluation.Statistics;

/// <summary>The regularised incomplete beta function I_x(a, b) for shapes of at least one.</summary>
internal static class IncompleteBeta
{
    private const double Tiny = 1e-300;
    private const double Precision = 1e-16;
    private const int MaxTerms = 1_000_000;

    /// <summary>I_x(a, b) by Lentz's evaluation of its continued fraction (DLMF 8.17.22), on the side where it converges fast.</summary>
    /// <param name="x">Between 0 and 1.</param>
    /// <param name="complement">1 - x; given apart because near x = 1 the difference would have lost its digits.</param>
    /// <param name="a">First shape, at least 1.</param>
    /// <param name="b">Second shape, at least 1.</param>
    public static double Regularized(double x, double complement, double a, double b)
    {
        if (x <= 0) return 0;
        if (complement <= 0) return 1;
        // x^a (1 - x)^b / B(a, b), as a binomial probability: at millions of trials a difference of log-gammas has no digits left.
        double front = a * b / (a + b) * BinomialProbability.At(a, b, x, complement);
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(complement, b, a) / b;
    }

    private static double Fraction(double x, double a, double b)
    {
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), h = d;
        for (int m = 1; m <= MaxTerms; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) <= Precision) break;
        }
        return h;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
