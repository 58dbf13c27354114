namespace Semblance.Statistics;

/// <summary>The regularised incomplete beta function I_x(a, b) for shapes of at least one.</summary>
internal static class IncompleteBeta
{
    private const double Tiny = 1e-300;
    private const double Precision = 4e-16;
    private const int MaxTerms = 1_000_000;

    /// <summary>I_x(a, b) by Lentz's evaluation of its even continued fraction (DiDonato and Morris, ACM TOMS 18 (1992), equation 9), on
    /// the side where it converges fast.</summary>
    /// <param name="x">Between 0 and 1.</param>
    /// <param name="complement">1 - x; given apart because near x = 1 the difference would have lost its digits.</param>
    /// <param name="a">First shape, at least 1.</param>
    /// <param name="b">Second shape, at least 1.</param>
    public static double Regularized(double x, double complement, double a, double b)
    {
        if (x <= 0)
            return 0;
        if (complement <= 0)
            return 1;
        // x^a (1 - x)^b / B(a, b), as a binomial probability: at millions of trials a difference of log-gammas has no digits left.
        double front = a * b / (a + b) * BinomialProbability.At(a, b, x, complement);
        return a * complement > b * x ? front / Fraction(x, complement, a, b) : 1 - front / Fraction(complement, x, b, a);
    }

    private static double Fraction(double x, double y, double a, double b)
    {
        double f = NotZero(Last(0)),
            c = f,
            d = 0;
        for (int m = 1; m <= MaxTerms; m++)
        {
            double odd = a + 2 * m - 1;
            double numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x;
            double denominator = m + m * (b - m) * x / odd + Last(m);
            d = 1 / NotZero(denominator + numerator * d);
            c = NotZero(denominator + numerator / c);
            f *= c * d;
            if (Math.Abs(c * d - 1) <= Precision)
                break;
        }
        return f;

        // a y - b x, and not a - (a + b) x, which is the same but loses its digits where x is near 1.
        double Last(int m) => (a + m) * (a * y - b * x + 1 + m * (2 - x)) / (a + 2 * m + 1);
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
