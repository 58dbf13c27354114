using System.Buffers;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>The pixels of a SkiaSharp bitmap as managed memory, without a copy.</summary>
internal sealed unsafe class BitmapMemory(SKBitmap bitmap) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new((void*)bitmap.GetPixels(), bitmap.ByteCount);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)bitmap.GetPixels() + elementIndex);

    public override void Unpin() { }

    protected override void Dispose(bool disposing) { }
}
