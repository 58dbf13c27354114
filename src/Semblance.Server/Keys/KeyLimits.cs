using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Semblance.Server.Failures;

namespace Semblance.Server.Keys;

/// <summary>How often each key may ask.</summary>
internal sealed class KeyLimits(ServiceOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<(string Id, int Limit), TokenBucketRateLimiter> _buckets = [];

    /// <summary>Counts a request.</summary>
    /// <exception cref="RequestException">The key was used too often.</exception>
    public void Take(Caller caller)
    {
        if ((caller.RequestsPerMinute ?? options.RequestsPerMinute) is not { } limit)
            return;
        TokenBucketRateLimiter bucket = _buckets.GetOrAdd((caller.Id, limit), static key => NewBucket(key.Limit));
        using RateLimitLease lease = bucket.AttemptAcquire();
        if (lease.IsAcquired)
            return;
        lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait);
        throw new RequestException(
            429,
            "rate-limit",
            caller == Caller.Keyless
                ? $"all together may ask {limit} times a minute"
                : $"the key '{caller.Name}' may ask {limit} times a minute"
        )
        {
            RetryAfter = wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1),
        };
    }

    public void Dispose()
    {
        foreach (TokenBucketRateLimiter bucket in _buckets.Values)
            bucket.Dispose();
    }

    private static TokenBucketRateLimiter NewBucket(int perMinute)
    {
        // One second's share at a time; below one a second, one token whenever its time has come.
        int each = Math.Max(1, perMinute / 60);
        return new(
            new()
            {
                TokenLimit = Math.Max(1, Math.Min(perMinute, 10 * each)),
                TokensPerPeriod = each,
                ReplenishmentPeriod = TimeSpan.FromSeconds(60.0 * each / perMinute),
                QueueLimit = 0,
                AutoReplenishment = true,
            }
        );
    }
}
