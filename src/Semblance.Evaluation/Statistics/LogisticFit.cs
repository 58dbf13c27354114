namespace Semblance.Evaluation.Statistics;

/// <summary>
/// Fits probability = 1 / (1 + exp(-(a x + b))) by Newton's method, both classes with the same total weight: the probability at prior odds of one to one.
/// </summary>
internal static class LogisticFit
{
    private const int MaxSteps = 100;
    private const double Converged = 1e-10;

    /// <summary>Keeps the fit finite where the classes do not overlap.</summary>
    private const double Ridge = 1e-6;

    public static (double A, double B) Fit(ReadOnlySpan<float> positives, ReadOnlySpan<float> negatives)
    {
        double a = 1, b = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            Sums sums = default;
            sums.Add(positives, 1, 0.5 / positives.Length, a, b);
            sums.Add(negatives, 0, 0.5 / negatives.Length, a, b);
            double haa = sums.Haa + Ridge, hbb = sums.Hbb + Ridge, determinant = haa * hbb - sums.Hab * sums.Hab;
            double ga = sums.Ga - Ridge * a, gb = sums.Gb - Ridge * b;
            double da = (hbb * ga - sums.Hab * gb) / determinant, db = (haa * gb - sums.Hab * ga) / determinant;
            // A full step may overshoot where the curve is flat.
            double damping = Math.Min(1, 10 / Math.Max(1e-9, Math.Abs(da)));
            a += damping * da;
            b += damping * db;
            if (Math.Abs(da) + Math.Abs(db) < Converged) break;
        }
        return (a, b);
    }

    /// <summary>Gradient and second derivatives of the log likelihood.</summary>
    private struct Sums
    {
        public double Ga, Gb, Haa, Hab, Hbb;

        public void Add(ReadOnlySpan<float> values, double label, double weight, double a, double b)
        {
            foreach (float x in values)
            {
                double p = 1 / (1 + Math.Exp(-(a * x + b))), error = weight * (label - p), curvature = weight * p * (1 - p);
                Ga += error * x;
                Gb += error;
                Haa += curvature * x * x;
                Hab += curvature * x;
                Hbb += curvature;
            }
        }
    }
}
