using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>
/// Bounds the bytes of all bodies in memory. They are counted as they come, so that nobody takes room from others by announcing much and
/// sending little; what does not fit is told to come back.
/// </summary>
internal sealed class BodyBudget
{
    private readonly long _all;
    private long _free;

    public BodyBudget(long bytes) => _all = _free = bytes;

    /// <summary>Bytes that have come and are held.</summary>
    public long Claimed => _all - Interlocked.Read(ref _free);

    /// <summary>Whether less than half is left. Then whoever has shown no key gets nothing more, and who sends slowly is cut off.</summary>
    public bool IsShort => Interlocked.Read(ref _free) < _all / 2;

    /// <summary>Refuses a body for which there is no room now.</summary>
    /// <param name="size">What the client says it is.</param>
    /// <exception cref="RequestException">It does not fit.</exception>
    public void RequireRoom(long size)
    {
        if (size > Interlocked.Read(ref _free))
            throw Full();
    }

    /// <summary>Counts bytes that have come.</summary>
    /// <exception cref="RequestException">They do not fit.</exception>
    public void Claim(long size)
    {
        if (Interlocked.Add(ref _free, -size) >= 0)
            return;
        Release(size);
        throw Full();
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long size) => Interlocked.Add(ref _free, size);

    /// <summary>What a client is told that has to wait.</summary>
    public static RequestException Full() =>
        RequestException.Busy("the requests being read fill the memory set aside for them", TimeSpan.FromSeconds(1));
}
