using System.Globalization;
using System.Text;

namespace Semblance.Server.Keys;

/// <summary>A key to be made.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Roles">What it may do.</param>
public sealed record KeyDraft(string Name, KeyRoles Roles)
{
    private const int LongestName = 200;

    /// <summary>The only gallery it may use; null for all.</summary>
    public string? Gallery { get; init; }

    /// <summary>Gives it the form that CompreFace's clients expect.</summary>
    public CompreFaceService? CompreFace { get; init; }

    /// <summary>Requests a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Whether CompreFace's <c>recognize</c> names the nearest even where nobody is known.</summary>
    public bool? NamesNearest { get; init; }

    /// <summary>From then on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <exception cref="ArgumentException">Something is not possible; all of it is named.</exception>
    internal void Validate(DateTimeOffset now)
    {
        string[] problems = [.. FindProblems(now)];
        if (problems.Length > 0)
            throw new ArgumentException(string.Join("; ", problems));
    }

    private IEnumerable<string> FindProblems(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Name))
            yield return "a key needs a name that says what it is for";
        else if (Name.Length > LongestName)
            yield return $"the name has {Name.Length} characters, {LongestName} are possible";
        else if (Name.EnumerateRunes().Any(IsRefused))
            yield return "the name has characters that are not seen; it stands in lists, logs and the audit chain";
        if (Roles == KeyRoles.None)
            yield return $"a key needs a role; roles are {string.Join(", ", RoleNames.All)}";
        if (RequestsPerMinute < 1)
            yield return $"{RequestsPerMinute} requests a minute are not possible; 1 is the least";
        if (ExpiresAt <= now)
            yield return $"a key that expires at {ExpiresAt:u} has expired already";
        if (CompreFace is { } service && !Enum.IsDefined(service))
            yield return $"there is no service {service} of CompreFace";
    }

    private static bool IsRefused(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
