namespace Semblance.Cli.Options;

/// <summary>The numbers that options may have, by option; those that are not here take every number of their type.</summary>
internal static class NumberRanges
{
    private static readonly Dictionary<string, NumberRange> Known = new()
    {
        ["--threads"] = new(1, 1024),
        ["--min-score"] = new(0, 1),
        // Below that pictures would have to be enlarged many times, above that none is large enough.
        ["--min-face"] = new(4, 20_000),
        // The largest picture that one block of memory holds.
        ["--max-megapixels"] = new(1, Imaging.ImageDecodingOptions.LargestPixelLimit / 1_000_000),
        // Cosines lie between -1 and 1, distances of unit vectors between 0 and 2; with a baseline taken off, scores between -2 and 2.
        ["--threshold"] = new(-2, 2),
        ["--margin"] = new(0, 2),
        ["--one-person"] = new(-2, 2),
        ["--min-quality"] = new(0, 1),
        // Nothing that was ever measured comes near these.
        ["--min-sharpness"] = new(0, 100),
        ["--max-turn"] = new(0, 100),
        ["--size"] = new(1, 4096),
        ["--min-size"] = new(1, 1_000_000),
        ["--most"] = new(1, 1_000_000),
        ["--repeat"] = new(2, 1_000_000),
        ["--rounds"] = new(0, 10_000),
        ["--memory"] = new(1, int.MaxValue),
    };

    /// <summary>The range of an option; null for any.</summary>
    public static NumberRange? Of(string option) => Known.TryGetValue(option, out NumberRange range) ? range : null;
}

/// <summary>The smallest and the largest number that are possible.</summary>
internal readonly record struct NumberRange(double Least, double Most)
{
    public bool Contains(double number) => number >= Least && number <= Most;

    public override string ToString() => FormattableString.Invariant($"{Least} to {Most}");
}
