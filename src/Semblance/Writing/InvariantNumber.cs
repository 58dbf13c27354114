using System.Globalization;
using System.Numerics;

namespace Semblance.Writing;

/// <summary>
/// Numbers as they are typed: digits with a point, the same in every country. A comma is no decimal point and no separator of thousands,
/// so that <c>0,2</c> is refused instead of being read as 2.
/// </summary>
public static class InvariantNumber
{
    private const NumberStyles Fractions = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a number.</summary>
    /// <param name="text">The whole text is the number.</param>
    /// <param name="number">The number.</param>
    /// <typeparam name="T">A whole type takes whole numbers within its range alone; another one finite numbers.</typeparam>
    public static bool TryParse<T>(ReadOnlySpan<char> text, out T number)
        where T : INumber<T>
    {
        // A type that can hold a half is one of fractions.
        bool isWhole = T.CreateTruncating(0.5) == T.Zero;
        NumberStyles style = isWhole ? NumberStyles.AllowLeadingSign : Fractions;
        return T.TryParse(text, style, CultureInfo.InvariantCulture, out number!) && T.IsFinite(number);
    }

    /// <summary>What to write instead of a text that is no number because of a comma or a point.</summary>
    /// <param name="text">The text, as it was typed.</param>
    /// <typeparam name="T">The type that it was to be read as.</typeparam>
    /// <returns>Words that a message goes on with; null where neither is the reason.</returns>
    public static string? HintFor<T>(string text)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(text);
        string pointed = text.Replace(',', '.');
        if (T.CreateTruncating(0.5) == T.Zero)
            return pointed.Contains('.') ? "a whole number has neither comma nor point" : null;
        if (!text.Contains(','))
            return null;
        return TryParse<T>(pointed, out _)
            ? $"a comma is no decimal point: write {pointed}"
            : "a comma is no decimal point and separates no thousands: write a point";
    }
}
