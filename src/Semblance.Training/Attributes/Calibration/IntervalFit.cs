using Semblance.Evaluation.Attributes;
using Semblance.Models;

namespace Semblance.Training.Attributes.Calibration;

/// <summary>
/// Fits the scale of the intervals of apparent age so that they hold 80 % of the labels in every age group under every condition. The share
/// that is held is made smooth in the factors by logistic ends of the intervals, which get sharper as the fit goes on; squared distances
/// from 80 % over all cells of condition and age group, the width, and the roughness of the factors are descended by Adam (Kingma, Ba, ICLR
/// 2015). Nothing is drawn at random: the same faces give the same factors.
/// </summary>
internal static class IntervalFit
{
    private const int Iterations = 600;
    private const double Promised = 0.8,
        WidthWeight = 0.002,
        Roughness = 0.002,
        Plainness = 0.0004,
        Rate = 0.03,
        SoftestEnd = 1.5,
        Sharpening = 0.25,
        NarrowestEnd = 0.12,
        WidthOfFullEnd = 10,
        SmallestLog = -1.8,
        LargestLog = 1.6;

    private static readonly double[] Ages = [1, 1.6, 2.5, 6, 12, 20, 30, 40, 50, 60, 70, 85],
        Sharpnesses = [0.04, 0.08, 0.14, 0.22, 0.5];

    /// <summary>Fits.</summary>
    /// <param name="conditions">The same faces under every condition.</param>
    /// <param name="uses">Whether a face, by its number, takes part.</param>
    public static AgeIntervalScale Fit(IReadOnlyList<IntervalCondition> conditions, Func<int, bool> uses)
    {
        Row[] rows = RowsOf(conditions, uses, out int[] counts);
        int cells = counts.Length,
            ages = Ages.Length,
            all = ages + Sharpnesses.Length;
        // Two ends, each with a logarithm of a factor for every age and every sharpness.
        double[][] logs = [new double[all], new double[all]];
        double[][] first = [new double[all], new double[all]],
            second = [new double[all], new double[all]];
        double width = WidthWeight * conditions.Count / rows.Length;
        double[] held = new double[cells];
        for (int step = 0; step < Iterations; step++)
        {
            double part = (double)step / Iterations,
                softness = SoftestEnd * Math.Pow(Sharpening, part);
            double[][] factors = [Array.ConvertAll(logs[0], Math.Exp), Array.ConvertAll(logs[1], Math.Exp)];
            Array.Clear(held);
            for (int r = 0; r < rows.Length; r++)
            {
                ref Row row = ref rows[r];
                row.Look(factors, softness);
                held[row.Cell] += row.Low * row.High / counts[row.Cell];
            }
            double[][] slopes = [new double[all], new double[all]];
            foreach (ref Row row in rows.AsSpan())
            {
                double pull = 2 * (held[row.Cell] - Promised) / counts[row.Cell];
                row.Add(slopes[0], factors[0], pull * row.Low * (1 - row.Low) / row.Softness * row.High * row.Below + width * row.Below);
                row.Add(slopes[1], factors[1], pull * row.High * (1 - row.High) / row.Softness * row.Low * row.Above + width * row.Above);
            }
            for (int end = 0; end < 2; end++)
            {
                Smooth(logs[end], slopes[end], 0, ages, conditions.Count);
                Smooth(logs[end], slopes[end], ages, all, conditions.Count);
                for (int k = ages; k < all; k++)
                    slopes[end][k] += 2 * Plainness * conditions.Count * logs[end][k];
                Descend(logs[end], slopes[end], first[end], second[end], step, Rate * (1 - part));
            }
        }
        return new()
        {
            Years = Ages,
            Below = Told(logs[0][..ages]),
            Above = Told(logs[1][..ages]),
            Sharpness = Sharpnesses,
            BelowBySharpness = Told(logs[0][ages..]),
            AboveBySharpness = Told(logs[1][ages..]),
        };
    }

    private static double[] Told(double[] logs) => Array.ConvertAll(logs, value => Math.Round(Math.Exp(value), 3));

    private static Row[] RowsOf(IReadOnlyList<IntervalCondition> conditions, Func<int, bool> uses, out int[] counts)
    {
        List<string> names = [.. AgeGroups.All];
        int groups = names.Count;
        counts = new int[conditions.Count * groups];
        List<Row> rows = [];
        for (int c = 0; c < conditions.Count; c++)
        for (int i = 0; i < conditions[c].Faces.Count; i++)
        {
            if (!uses(i) || conditions[c].Faces[i] is not { } face)
                continue;
            int cell = c * groups + names.IndexOf(AgeGroups.Of(face.Label));
            counts[cell]++;
            rows.Add(new(face, cell, Place(Ages, face.Mean), Place(Sharpnesses, face.Sharpness)));
        }
        return rows.Count > 0 ? [.. rows] : throw new TrainingException("the model told no age of any face");
    }

    /// <summary>The knot before a value, and the share of the next one.</summary>
    private static (int Knot, double Share) Place(double[] knots, double value)
    {
        int before = 0;
        while (before < knots.Length - 2 && knots[before + 1] <= value)
            before++;
        return (before, Math.Clamp((value - knots[before]) / (knots[before + 1] - knots[before]), 0, 1));
    }

    private static void Smooth(double[] logs, double[] slopes, int start, int end, int conditions)
    {
        for (int k = start; k + 1 < end; k++)
        {
            double pull = 2 * Roughness * conditions * (logs[k + 1] - logs[k]);
            slopes[k] -= pull;
            slopes[k + 1] += pull;
        }
    }

    private static void Descend(double[] values, double[] slopes, double[] first, double[] second, int step, double rate)
    {
        const double Beta1 = 0.9,
            Beta2 = 0.99,
            Epsilon = 1e-12;
        for (int k = 0; k < values.Length; k++)
        {
            first[k] = Beta1 * first[k] + (1 - Beta1) * slopes[k];
            second[k] = Beta2 * second[k] + (1 - Beta2) * slopes[k] * slopes[k];
            double mean = first[k] / (1 - Math.Pow(Beta1, step + 1)),
                scale = Math.Sqrt(second[k] / (1 - Math.Pow(Beta2, step + 1)) + Epsilon);
            values[k] = Math.Clamp(values[k] - rate * mean / scale, SmallestLog, LargestLog);
        }
    }

    /// <summary>A face with what does not change while factors are fitted, and what its interval is at present.</summary>
    private struct Row(IntervalFace face, int cell, (int Knot, double Share) age, (int Knot, double Share) sharpness)
    {
        private readonly double _full = Math.Max(NarrowestEnd, Math.Min(1, (face.High - face.Low) / WidthOfFullEnd));

        public readonly int Cell => cell;

        /// <summary>Years from the percentile to the mean.</summary>
        public readonly double Below => face.Mean - face.Low;

        public readonly double Above => face.High - face.Mean;

        /// <summary>Years over which an end is smooth.</summary>
        public double Softness { get; private set; }

        /// <summary>How far the label is above the lower end, 0 to 1.</summary>
        public double Low { get; private set; }

        /// <summary>How far it is below the upper end.</summary>
        public double High { get; private set; }

        public void Look(double[][] factors, double softness)
        {
            Softness = softness * _full;
            double low = Math.Max(0, face.Mean - Factor(factors[0]) * Below),
                high = face.Mean + Factor(factors[1]) * Above;
            Low = Logistic((face.Label - low) / Softness);
            High = Logistic((high - face.Label) / Softness);
        }

        /// <summary>Adds the slope by the logarithms, given that by the factor.</summary>
        public readonly void Add(double[] slopes, double[] factors, double slope)
        {
            int knot = Ages.Length + sharpness.Knot;
            double byAge = AgeFactor(factors),
                bySharpness = SharpnessFactor(factors);
            slopes[age.Knot] += slope * bySharpness * (1 - age.Share) * factors[age.Knot];
            slopes[age.Knot + 1] += slope * bySharpness * age.Share * factors[age.Knot + 1];
            slopes[knot] += slope * byAge * (1 - sharpness.Share) * factors[knot];
            slopes[knot + 1] += slope * byAge * sharpness.Share * factors[knot + 1];
        }

        private readonly double Factor(double[] factors) => AgeFactor(factors) * SharpnessFactor(factors);

        private readonly double AgeFactor(double[] factors) => factors[age.Knot] + age.Share * (factors[age.Knot + 1] - factors[age.Knot]);

        private readonly double SharpnessFactor(double[] factors)
        {
            int knot = Ages.Length + sharpness.Knot;
            return factors[knot] + sharpness.Share * (factors[knot + 1] - factors[knot]);
        }

        private static double Logistic(double x) => 1 / (1 + Math.Exp(-Math.Clamp(x, -30, 30)));
    }
}
