using System.Buffers;
using System.Runtime.InteropServices;

namespace Semblance.Imaging;

/// <summary>
/// Bytes from a bounded pool, for decoded pixels and for the files they come from. After Dispose the bytes serve another image, so every
/// later access through this object throws.
/// </summary>
internal sealed class PixelBuffer : MemoryManager<byte>
{
    /// <summary>Larger blocks are left to the garbage collector: 64 million pixels of four bytes. It lets a few that were used once lie for
    /// long, so what a service takes is below it.</summary>
    private const int LargestPooled = 256 << 20;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestPooled, Math.Clamp(Environment.ProcessorCount, 2, 4));

    private readonly int _length;
    private byte[]? _array;

    public PixelBuffer(int length)
    {
        _length = length;
        _array = Pool.Rent(length);
    }

    private byte[] Array =>
        _array ?? throw new ObjectDisposedException(nameof(FaceImage), "The image that owned these pixels has been disposed.");

    public override Memory<byte> Memory => CreateMemory(_length);

    /// <summary>Describes the buffer as four-byte pixels without gaps.</summary>
    public PixelView View(int width, int height, PixelFormat format) => new(Memory, width, height, width * 4, format);

    public override Span<byte> GetSpan() => new(Array, 0, _length);

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);
        GCHandle handle = GCHandle.Alloc(Array, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle, this);
    }

    public override void Unpin()
    {
        // The handle that Pin made frees itself.
    }

    public void Dispose() => Dispose(true);

    protected override void Dispose(bool disposing)
    {
        byte[]? array = Interlocked.Exchange(ref _array, null);
        if (disposing && array is not null)
            Pool.Return(array);
    }
}
