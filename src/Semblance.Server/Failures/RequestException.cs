using System.Globalization;

namespace Semblance.Server.Failures;

/// <summary>A request that cannot be answered for a reason of its own.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Stable name for programs.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class RequestException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>When to come back; null when that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static RequestException BadRequest(string message) => new(400, "bad-request", message);

    public static RequestException NotFound(string message) => new(404, "not-found", message);

    public static RequestException TooManyParts(int limit) => new(413, "too-many-parts", $"the body has more than {limit} parts");

    public static RequestException TooSlow(double bytesPerSecond) =>
        new(408, "too-slow", string.Create(CultureInfo.InvariantCulture, $"the body comes slower than {bytesPerSecond} bytes a second"));

    public static RequestException Busy(string message, TimeSpan retryAfter) => new(429, "busy", message) { RetryAfter = retryAfter };
}
