using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>Bounds the bytes of all bodies in memory. A request claims before it is read; what does not fit is told to come back.</summary>
internal sealed class BodyBudget
{
    /// <summary>Bytes that were read since the collector last looked at everything. On a machine with much memory it lets many times that
    /// lie, which bodies of some megabytes fill soon; looking takes some milliseconds, since little is live in a service.</summary>
    private const long Collected = 64L << 20;

    private readonly long _all;
    private long _free,
        _read;

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

    /// <summary>Notes that bytes were read, so that what is left of earlier bodies goes before it fills the memory.</summary>
    public void Read(int bytes)
    {
        if (Interlocked.Add(ref _read, bytes) < Collected)
            return;
        Interlocked.Exchange(ref _read, 0);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    private sealed class Claimant(BodyBudget budget, long size) : IDisposable
    {
        private long _size = size;

        public void Dispose() => Interlocked.Add(ref budget._free, Interlocked.Exchange(ref _size, 0));
    }
}
