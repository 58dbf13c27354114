namespace Semblance.Server.Failures;

/// <summary>An error as a client sees it, before a form is chosen.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable name for programs.</param>
/// <param name="Detail">What is wrong and what to do; never a stack trace.</param>
internal sealed record Failure(int Status, string Code, string Detail)
{
    /// <summary>When to come back.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The error that it stands for; for forms that tell more cases apart.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Further members for programs, e.g. the smallest supported rate.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>();
}
