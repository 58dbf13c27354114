using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>A block that grows while a body is read into it: what a header claims costs nothing before it has come.</summary>
/// <param name="memory">Gets the bytes when all have come.</param>
/// <param name="expected">How many the client says there will be; null for unknown.</param>
/// <param name="limit">How many there may be.</param>
internal sealed class BodyFilling(RequestMemory memory, long? expected, int limit) : IDisposable
{
    private const int FirstBlock = 16 << 10;

    private byte[]? _block = memory.Pool.Rent(FirstBlock);
    private int _filled;

    /// <summary>Reads to the end.</summary>
    /// <exception cref="RequestException">There are more than there may be, or than there is room for now.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, CancellationToken gone)
    {
        while (await stream.ReadAsync(_block.AsMemory(_filled), gone).ConfigureAwait(false) is > 0 and int read)
        {
            _filled += read;
            if (_filled > limit)
                throw new RequestException(413, "request-too-large", $"the body has more than {limit} bytes");
            memory.Count(read);
            if (_filled == _block!.Length)
                Grow();
        }
        byte[] whole = _block!;
        _block = null;
        return memory.Hold(whole, _filled);
    }

    /// <summary>Gives back what was read where nobody will look at it.</summary>
    public void Dispose()
    {
        if (_block is { } left)
            memory.Pool.Return(left, _filled);
        _block = null;
    }

    private void Grow()
    {
        // The end shows in a read of nothing, for which there must be room.
        long most = Math.Min(limit, expected is { } all && all >= _filled ? all : limit) + 1L;
        byte[] larger = memory.Pool.Rent((int)Math.Min(Math.Min(2L * _filled, Math.Max(most, _filled + 1L)), Array.MaxLength));
        _block.AsSpan(0, _filled).CopyTo(larger);
        memory.Pool.Return(_block!, _filled);
        _block = larger;
    }
}
