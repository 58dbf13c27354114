namespace Semblance.Server.Keys;

/// <summary>A key as the file keeps it: its secret only as a hash.</summary>
public sealed record StoredKey
{
    /// <summary>Names the key in lists, logs and the audit chain; part of its text.</summary>
    public required string Id { get; init; }

    /// <summary>What the key is for, in words.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do, in words: <c>analyse</c>, <c>identify</c>, <c>enrol</c>, <c>admin</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The only gallery it may use; null for all.</summary>
    public string? Gallery { get; init; }

    /// <summary>SHA-256 of its text, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The service of CompreFace it is for; null for a key of the usual form.</summary>
    public CompreFaceService? CompreFace { get; init; }

    /// <summary>Requests a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Whether CompreFace's <c>recognize</c> names the nearest even where nobody is known.</summary>
    public bool? NamesNearest { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
