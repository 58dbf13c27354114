namespace Semblance.Server.Keys;

/// <summary>A key to be made.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Roles">What it may do.</param>
public sealed record KeyDraft(string Name, KeyRoles Roles)
{
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
}
