namespace Semblance.Client;

/// <summary>Somebody to be enrolled.</summary>
/// <param name="Name">What the person is called.</param>
public sealed record PersonToEnrol(string Name)
{
    /// <summary>Where the person's consent is documented; needed where the gallery was created so.</summary>
    public string? Consent { get; init; }

    /// <summary>When the person is to be forgotten; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Anything to be kept about the person.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
