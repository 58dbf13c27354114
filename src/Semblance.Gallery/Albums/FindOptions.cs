namespace Semblance.Gallery.Albums;

/// <summary>What a search in an album gives.</summary>
public sealed record FindOptions
{
    /// <summary>The default options.</summary>
    public static FindOptions Default { get; } = new();

    /// <summary>The most pictures that are given, the best first, also where they do not reach the threshold; null gives all that
    /// do.</summary>
    public int? Top { get; init; }

    /// <summary>Faces below are left out.</summary>
    public double MinimumQuality { get; init; }

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="InvalidOptionsException">Something is wrong.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (Top is < 1)
            problems.Add(FormattableString.Invariant($"{nameof(Top)} is {Top}, at least 1 is needed"));
        if (!(MinimumQuality is >= 0 and <= 1))
            problems.Add(FormattableString.Invariant($"{nameof(MinimumQuality)} is {MinimumQuality}, it lies between 0 and 1"));
        InvalidOptionsException.ThrowIfAny(nameof(FindOptions), problems);
    }
}
