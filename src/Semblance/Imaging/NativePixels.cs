using System.Buffers;
using System.Runtime.InteropServices;

namespace Semblance.Imaging;

/// <summary>
/// Pixels outside the garbage collector's heap: photographs are tens of megabytes, come and go quickly, and are freed at once. Without a
/// finaliser on purpose: spans may outlive the object that a collector sees, so whoever makes one frees it.
/// </summary>
internal sealed unsafe class NativePixels : MemoryManager<byte>
{
    private const int BytesPerPixel = 4;

    private byte* _memory;

    public NativePixels(int width, int height, PixelFormat format)
    {
        (Width, Height, Format) = (width, height, format);
        Length = checked(width * height * BytesPerPixel);
        _memory = (byte*)NativeMemory.Alloc((nuint)Length);
        GC.AddMemoryPressure(Length);
    }

    public int Width { get; }

    public int Height { get; }

    public PixelFormat Format { get; }

    public int Stride => Width * BytesPerPixel;

    public int Length { get; }

    public nint Address => _memory is null ? throw new ObjectDisposedException(nameof(FaceImage)) : (nint)_memory;

    public PixelView View => new(Memory, Width, Height, Stride, Format);

    public override Span<byte> GetSpan() => new((void*)Address, Length);

    /// <summary>One pixel as a number.</summary>
    public Span<uint> GetPixels() => MemoryMarshal.Cast<byte, uint>(GetSpan());

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)Address + elementIndex);

    public override void Unpin() { }

    public void Free() => ((IDisposable)this).Dispose();

    protected override void Dispose(bool disposing)
    {
        if (_memory is null) return;
        NativeMemory.Free(_memory);
        _memory = null;
        GC.RemoveMemoryPressure(Length);
    }
}
