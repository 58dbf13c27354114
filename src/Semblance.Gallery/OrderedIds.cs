namespace Semblance.Gallery;

/// <summary>Ids that rise within a millisecond too: UUID version 7 with a counter in rand_a (RFC 9562, 6.2, method 1).
/// Thread-safe.</summary>
internal sealed class OrderedIds
{
    private const int CounterLimit = 1 << 12;

    private readonly Lock _lock = new();
    private long _millisecond;
    private int _counter;

    public Guid Next(DateTimeOffset now)
    {
        long millisecond;
        int counter;
        lock (_lock)
        {
            // A clock that was set back, or a full counter, goes on with the last millisecond or the next.
            millisecond = Math.Max(_millisecond, now.ToUnixTimeMilliseconds());
            counter = millisecond == _millisecond ? _counter + 1 : 0;
            if (counter == CounterLimit)
                (millisecond, counter) = (millisecond + 1, 0);
            (_millisecond, _counter) = (millisecond, counter);
        }
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(millisecond)).TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)((bytes[6] & 0xF0) | (counter >> 8));
        bytes[7] = (byte)counter;
        return new(bytes, bigEndian: true);
    }
}
