using System.Globalization;

namespace Semblance.Matching;

/// <summary>Rates as text that can be typed again.</summary>
public static class RateText
{
    private const int Digits = 3;

    /// <summary>
    /// The smallest number of three digits that is not below a rate, e.g. <c>9.96e-3</c> for 0.0099507: a rate that is the smallest
    /// supported stays supported when it is read and typed.
    /// </summary>
    /// <param name="rate">Above 0.</param>
    public static string RoundedUp(double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        int exponent = (int)Math.Floor(Math.Log10(rate));
        for (long digits = (long)Math.Floor(rate / Math.Pow(10, exponent - Digits + 1)); ; digits++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent - Digits + 1}");
            double value = double.Parse(text, CultureInfo.InvariantCulture);
            if (value >= rate)
                return value.ToString("0.##e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
        }
    }
}
