namespace Semblance.Server.Events;

/// <summary>A program that is told of events by POST. Only the configuration names targets, never a request.</summary>
public sealed record WebhookTarget
{
    /// <summary>Characters of the shortest secret.</summary>
    public const int ShortestSecret = 16;

    /// <summary>Where events are sent: http or https.</summary>
    public required Uri Url { get; init; }

    /// <summary>Signs what is sent: <c>X-Semblance-Signature: t=SECONDS,v1=HEX</c>, HMAC-SHA-256 of <c>SECONDS.BODY</c>.</summary>
    public required string Secret { get; init; }

    /// <summary>Which types; empty for all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Of which gallery; null for all.</summary>
    public string? Gallery { get; init; }

    internal IEnumerable<string> FindProblems()
    {
        if (Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return $"webhooks names '{Url}'; an http or https address is expected";
        if (Secret is null || Secret.Length < ShortestSecret)
            yield return $"the secret of the webhook {Url} has fewer than {ShortestSecret} characters";
        foreach (string type in Events.Where(type => !EventTypes.All.Contains(type)))
            yield return $"the webhook {Url} names the event '{type}'; known are {string.Join(", ", EventTypes.All)}";
    }
}
