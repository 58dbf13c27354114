namespace Semblance.Gallery;

/// <summary>What a person may be called. Names are compared code unit by code unit; nothing is folded or normalised.</summary>
public static class PersonName
{
    /// <summary>Characters (UTF-16 code units) of the longest name.</summary>
    public const int LongestName = 200;

    /// <summary>Checks a name.</summary>
    /// <exception cref="GalleryException">It is empty, too long, or has characters that <see cref="PersonText"/> refuses.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name))
            throw new GalleryException("a person needs a name");
        if (name.Length > LongestName)
            throw new GalleryException($"the name '{name[..20]}…' has {name.Length} characters; {LongestName} are possible");
        if (PersonText.ProblemOf(name) is { } problem)
            throw new GalleryException($"the name cannot be kept: {problem}");
    }
}
