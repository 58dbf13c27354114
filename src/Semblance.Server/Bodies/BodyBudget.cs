using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>Bounds the bytes of all bodies in memory. A request claims before it is read; what does not fit is told to come back.</summary>
internal sealed class BodyBudget
{
    private readonly long _all;
    private long _free;

    public BodyBudget(long bytes) => _all = _free = bytes;

    /// <summary>Bytes that are claimed.</summary>
    public long Claimed => _all - Interlocked.Read(ref _free);

    /// <summary>Claims bytes until the claim is disposed of.</summary>
    /// <exception cref="RequestException">They are not there now.</exception>
    public IDisposable Claim(long size)
    {
        if (Interlocked.Add(ref _free, -size) >= 0)
            return new Claimant(this, size);
        Interlocked.Add(ref _free, size);
        throw RequestException.Busy("the requests being read fill the memory set aside for them", TimeSpan.FromSeconds(1));
    }

    private sealed class Claimant(BodyBudget budget, long size) : IDisposable
    {
        private long _size = size;

        public void Dispose() => Interlocked.Add(ref budget._free, Interlocked.Exchange(ref _size, 0));
    }
}
