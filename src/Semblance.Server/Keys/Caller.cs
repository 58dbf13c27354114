namespace Semblance.Server.Keys;

/// <summary>Who sent a request.</summary>
/// <param name="Id">Id of the key; <c>local</c> without keys.</param>
/// <param name="Name">Name of the key.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="Gallery">The only gallery it may use; null for all.</param>
internal sealed record Caller(string Id, string Name, KeyRoles Roles, string? Gallery)
{
    /// <summary>Anybody, where there are no keys.</summary>
    public static Caller Keyless { get; } = new("local", "local", KeyRoles.All, null);

    public CompreFaceService? CompreFace { get; init; }

    public int? RequestsPerMinute { get; init; }

    public bool? NamesNearest { get; init; }

    /// <summary>What the audit chain says about who did something.</summary>
    public string Actor => Id == Name ? Id : $"{Name} ({Id})";

    public static Caller Of(StoredKey key) =>
        new(key.Id, key.Name, RoleNames.Parse(key.Roles), key.Gallery)
        {
            CompreFace = key.CompreFace,
            RequestsPerMinute = key.RequestsPerMinute,
            NamesNearest = key.NamesNearest,
        };
}
