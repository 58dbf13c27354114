namespace Semblance.Evaluation.Statistics;

/// <summary>
/// Fits probability = 1 / (1 + exp(-(a x + b))) by Newton's method with step halving (iteratively reweighted least squares; Hastie,
/// Tibshirani and Friedman, The Elements of Statistical Learning, section 4.4.1), both classes with the same total weight: the probability
/// at prior odds of one to one.
/// </summary>
internal static class LogisticFit
{
    private const int MaxSteps = 100;
    private const int MaxHalvings = 40;

    /// <summary>Relative step at which the fit is done.</summary>
    private const double Converged = 1e-8;

    /// <summary>Relative rounding error of a sum over millions of values: a rise of the loss below it is no rise.</summary>
    private const double Rounding = 1e-11;

    /// <summary>Weight of a squared; keeps the slope finite where the classes do not overlap.</summary>
    private const double Ridge = 1e-6;

    /// <exception cref="ArgumentException">A class is empty.</exception>
    public static (double A, double B) Fit(ReadOnlySpan<float> positives, ReadOnlySpan<float> negatives)
    {
        if (positives.IsEmpty || negatives.IsEmpty)
            throw new ArgumentException("A fit needs values of both classes.");
        double a = 0,
            b = 0;
        Likelihood here = Likelihood.At(positives, negatives, a, b);
        for (int step = 0; step < MaxSteps; step++)
        {
            double determinant = here.Haa * here.Hbb - here.Hab * here.Hab;
            double da = (here.Hbb * here.Ga - here.Hab * here.Gb) / determinant,
                db = (here.Haa * here.Gb - here.Hab * here.Ga) / determinant;
            double fraction = 1;
            Likelihood next = Likelihood.At(positives, negatives, a + da, b + db);
            for (int i = 0; i < MaxHalvings && !IsNoWorse(next, here); i++)
            {
                fraction /= 2;
                next = Likelihood.At(positives, negatives, a + fraction * da, b + fraction * db);
            }
            if (!IsNoWorse(next, here))
                break;
            (a, b, here) = (a + fraction * da, b + fraction * db, next);
            if (Math.Abs(da) + Math.Abs(db) < Converged * (1 + Math.Abs(a) + Math.Abs(b)))
                break;
        }
        return (a, b);
    }

    private static bool IsNoWorse(in Likelihood next, in Likelihood here) => next.Loss <= here.Loss * (1 + Rounding);

    /// <summary>Negative log likelihood with the ridge, its falling gradient and its second derivatives.</summary>
    private struct Likelihood
    {
        public double Loss,
            Ga,
            Gb,
            Haa,
            Hab,
            Hbb;

        public static Likelihood At(ReadOnlySpan<float> positives, ReadOnlySpan<float> negatives, double a, double b)
        {
            Likelihood sums = new()
            {
                Loss = Ridge * a * a / 2,
                Ga = -Ridge * a,
                Haa = Ridge,
            };
            sums.Add(positives, 1, 0.5 / positives.Length, a, b);
            sums.Add(negatives, -1, 0.5 / negatives.Length, a, b);
            return sums;
        }

        private void Add(ReadOnlySpan<float> values, double sign, double weight, double a, double b)
        {
            double loss = 0,
                ga = 0,
                gb = 0,
                haa = 0,
                hab = 0,
                hbb = 0;
            foreach (float x in values)
            {
                double margin = sign * (a * x + b),
                    e = Math.Exp(-Math.Abs(margin));
                // Probability of the other class, and ln(1 + exp(-margin)), without overflow on either side.
                double wrong = margin >= 0 ? e / (1 + e) : 1 / (1 + e),
                    curvature = e / ((1 + e) * (1 + e));
                loss += Math.Log(1 + e) + Math.Max(0, -margin);
                ga += wrong * x;
                gb += wrong;
                haa += curvature * x * x;
                hab += curvature * x;
                hbb += curvature;
            }
            Loss += weight * loss;
            Ga += sign * weight * ga;
            Gb += sign * weight * gb;
            Haa += weight * haa;
            Hab += weight * hab;
            Hbb += weight * hbb;
        }
    }
}
