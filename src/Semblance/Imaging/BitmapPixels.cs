using System.Buffers;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>A SkiaSharp bitmap's memory, kept alive while it is lent.</summary>
internal sealed unsafe class BitmapPixels : MemoryManager<byte>
{
    private readonly SKBitmap _bitmap;
    private readonly bool _owned;

    private BitmapPixels(SKBitmap bitmap, bool owned) => (_bitmap, _owned) = (bitmap, owned);

    /// <exception cref="ImageFormatException">The bitmap is empty or cannot be converted.</exception>
    public static LentPixels Lend(SKBitmap bitmap, string name)
    {
        if (bitmap.Width <= 0 || bitmap.Height <= 0 || bitmap.GetPixels() == 0)
            throw new ImageFormatException(name, "the bitmap is empty");
        if (FormatOf(bitmap.ColorType) is { } format)
            return new(View(new(bitmap, false), format));

        SKBitmap copy = bitmap.Copy(SKColorType.Rgba8888)
            ?? throw new ImageFormatException(name, $"a bitmap of colour type {bitmap.ColorType}, which cannot be converted to RGB");
        BitmapPixels owned = new(copy, true);
        return new(View(owned, PixelFormat.Rgbx32), owned);
    }

    public override Span<byte> GetSpan() => new((void*)_bitmap.GetPixels(), _bitmap.ByteCount);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)_bitmap.GetPixels() + elementIndex, pinnable: this);

    public override void Unpin()
    {
        // Native memory does not move.
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _owned)
            _bitmap.Dispose();
    }

    private static PixelView View(BitmapPixels pixels, PixelFormat format) =>
        new(pixels.Memory, pixels._bitmap.Width, pixels._bitmap.Height, pixels._bitmap.RowBytes, format);

    private static PixelFormat? FormatOf(SKColorType type) =>
        type switch
        {
            SKColorType.Rgba8888 or SKColorType.Rgb888x => PixelFormat.Rgbx32,
            SKColorType.Bgra8888 => PixelFormat.Bgrx32,
            SKColorType.Gray8 => PixelFormat.Gray8,
            _ => null,
        };
}
