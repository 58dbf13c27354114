using System.Buffers;
using System.Runtime.InteropServices;

namespace Semblance.Imaging;

/// <summary>
/// Bytes from bounded pools, for decoded pixels and for the files they come from. After Dispose the bytes serve another image, so every
/// later access through this object throws.
/// </summary>
internal sealed class PixelBuffer : MemoryManager<byte>
{
    /// <summary>Four million pixels of four bytes.</summary>
    private const int LargestPooled = 16 << 20;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(LargestPooled, Math.Clamp(Environment.ProcessorCount, 2, 4));

    private readonly int _length;
    private byte[]? _array;

    public PixelBuffer(int length)
    {
        _length = length;
        _array = length > LargestPooled ? LargeBlocks.Shared.Rent(length) : Pool.Rent(length);
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
        if (!disposing || array is null)
            return;
        if (_length > LargestPooled)
            LargeBlocks.Shared.Return(array);
        else
            Pool.Return(array);
    }
}
