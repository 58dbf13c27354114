namespace Semblance.Models;

/// <summary>
/// Which label sets' ideas of an expression make the default answer, by the kind of picture: a set of small grey crops teaches otherwise
/// than one of photographs, and an answer is calibrated for pictures like those that it was taught on.
/// </summary>
public sealed record ExpressionChoice
{
    private const double Rounding = 1e-3;

    /// <summary>Mean spread between the largest and the smallest channel of the crop, of 255, below which it counts as grey.</summary>
    public required double GreyBelow { get; init; }

    /// <summary>Pixels of the picture across the crop below which it counts as small.</summary>
    public required double SmallBelow { get; init; }

    /// <summary>What every label set counts on pictures that are small and grey, by name; together 1.</summary>
    public required IReadOnlyDictionary<string, double> SmallGrey { get; init; }

    /// <summary>What every label set counts on all others, by name; together 1.</summary>
    public required IReadOnlyDictionary<string, double> Other { get; init; }

    /// <summary>What is wrong with it, all of it; empty when nothing is.</summary>
    internal IEnumerable<string> Problems()
    {
        if (!(GreyBelow >= 0 && double.IsFinite(GreyBelow) && SmallBelow >= 0 && double.IsFinite(SmallBelow)))
            yield return "the limits below which a picture is grey or small must be 0 or more";
        if (
            new[] { SmallGrey, Other }.Any(shares =>
                shares.Values.Any(share => !(share >= 0)) || !(Math.Abs(shares.Values.Sum() - 1) <= Rounding)
            )
        )
            yield return "what the label sets of an expression count must be 1 together";
    }
}
