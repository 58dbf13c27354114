namespace Semblance.Client;

/// <summary>Who searched and looked at whom: a part of the log, newest first.</summary>
public sealed record AccessAnswer
{
    /// <summary>The service keeps such a log.</summary>
    public bool Kept { get; init; }

    /// <summary>For how many days; null where none is kept.</summary>
    public int? Days { get; init; }

    /// <summary>The entries.</summary>
    public IReadOnlyList<AccessEntryAnswer> Entries { get; init; } = [];

    /// <summary>The cursor of the next part; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>What keys are called, by id; those that were taken back are missing.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>What people are called, by id: the first five of each entry, without those who were forgotten.</summary>
    public IReadOnlyDictionary<Guid, string> People { get; init; } = new Dictionary<Guid, string>();
}
