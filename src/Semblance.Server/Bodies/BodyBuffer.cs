using System.Buffers;
using System.Runtime.InteropServices;

namespace Semblance.Server.Bodies;

/// <summary>Bytes in a block of the pool. Once it is disposed of the block serves another request, so every later access through this
/// object throws; who has it pinned keeps the block until it is unpinned.</summary>
internal sealed class BodyBuffer : MemoryManager<byte>
{
    private readonly BodyPool _pool;
    private readonly byte[] _block;
    private readonly int _length;

    // Its owner, and everybody who has it pinned.
    private int _holders = 1,
        _disposed;

    /// <param name="pool">Gets the block back.</param>
    /// <param name="block">A block of the pool.</param>
    /// <param name="length">Bytes of it that are in use.</param>
    public BodyBuffer(BodyPool pool, byte[] block, int length) => (_pool, _block, _length) = (pool, block, length);

    public override Memory<byte> Memory => CreateMemory(_length);

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        return new(_block, 0, _length);
    }

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);
        Hold();
        GCHandle handle = GCHandle.Alloc(_block, GCHandleType.Pinned);
        return new((byte*)handle.AddrOfPinnedObject() + elementIndex, handle, this);
    }

    public override void Unpin() => Release();

    public void Dispose() => Dispose(true);

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
            Release();
    }

    private void Hold()
    {
        int holders = Volatile.Read(ref _holders);
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0 || holders == 0, this);
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return;
            holders = seen;
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _pool.Return(_block, _length);
    }
}
