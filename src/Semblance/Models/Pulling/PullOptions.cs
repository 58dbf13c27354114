namespace Semblance.Models.Pulling;

/// <summary>How downloads are made.</summary>
public sealed record PullOptions
{
    /// <summary>Environment variable with another base address: a mirror.</summary>
    public const string AddressVariable = "SEMBLANCE_MODELS_URL";

    /// <summary>Environment variable that forbids downloads when it is 1 or true.</summary>
    public const string OfflineVariable = "SEMBLANCE_OFFLINE";

    /// <summary>The default: the catalogue's own address, or what the environment says.</summary>
    public static PullOptions FromEnvironment() =>
        new()
        {
            From = Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address
                ? AddressOf(address, AddressVariable)
                : null,
            Network = Environment.GetEnvironmentVariable(OfflineVariable) is "1" or "true" or "True"
                ? NetworkUse.Forbidden
                : NetworkUse.Allowed,
        };

    /// <summary>Another base address, e.g. of a mirror with the same paths; null for the catalogue's.</summary>
    public Uri? From { get; init; }

    /// <summary>Whether the network may be used at all.</summary>
    public NetworkUse Network { get; init; } = NetworkUse.Allowed;

    /// <summary>A connection that gives nothing for so long counts as broken.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A download takes no longer in all, whatever trickles in; what is here is kept for the next time.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often a broken connection is taken up again where it broke.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pause before a further attempt; doubled each time.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>An address that somebody typed; a missing slash at its end is added.</summary>
    /// <param name="text">The address.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArgumentException">Not an http or https address.</exception>
    public static Uri AddressOf(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
            Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address!
            : throw new ArgumentException($"{name} is '{text}'; an http or https address was expected");
    }
}

/// <summary>Whether the network may be used.</summary>
public enum NetworkUse
{
    /// <summary>It may.</summary>
    Allowed,

    /// <summary>It may not; what would need it fails and says so.</summary>
    Forbidden,
}
