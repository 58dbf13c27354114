namespace Semblance.Client;

/// <summary>Somebody searched, or looked at people.</summary>
public sealed record AccessEntryAnswer
{
    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Names the request in the service's logs.</summary>
    public required string RequestId { get; init; }

    /// <summary>Id of the key; <c>local</c> without keys.</summary>
    public required string Key { get; init; }

    /// <summary>What: <c>identify</c>, <c>verify</c>, <c>look</c>, <c>list</c>, <c>crop</c>, <c>log</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Whom the answer named; empty for nobody.</summary>
    public IReadOnlyList<Guid> People { get; init; } = [];

    /// <summary>How many faces were asked about; null where that means nothing.</summary>
    public int? Faces { get; init; }
}
