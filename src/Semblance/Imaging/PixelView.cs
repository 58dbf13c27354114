namespace Semblance.Imaging;

/// <summary>
/// A rectangle of 8-bit pixels that somebody else owns: a camera frame, another library's image, a decoded photograph.
/// Describes memory, copies nothing. The memory must stay alive and unchanged while the view is in use.
/// </summary>
/// <param name="Memory">The bytes, first row first. A row takes <paramref name="Stride"/> bytes, the last one may be shorter.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Stride">Bytes from the start of one row to the start of the next; at least Width times the bytes of a pixel.</param>
/// <param name="Format">Order of the channels.</param>
public readonly record struct PixelView(ReadOnlyMemory<byte> Memory, int Width, int Height, int Stride, PixelFormat Format)
{
    /// <summary>Bytes of one pixel: 1, 3 or 4.</summary>
    public int BytesPerPixel =>
        Format switch
        {
            PixelFormat.Gray8 => 1,
            PixelFormat.Rgb24 or PixelFormat.Bgr24 => 3,
            _ => 4,
        };

    /// <summary>Byte offsets of red, green and blue inside a pixel (all 0 for grey).</summary>
    internal (int Red, int Green, int Blue) ChannelOffsets =>
        Format switch
        {
            PixelFormat.Rgb24 or PixelFormat.Rgbx32 => (0, 1, 2),
            PixelFormat.Bgr24 or PixelFormat.Bgrx32 => (2, 1, 0),
            _ => (0, 0, 0),
        };

    /// <summary>The bytes of one row (Width x BytesPerPixel).</summary>
    /// <param name="y">Row, 0 is the top.</param>
    public ReadOnlySpan<byte> Row(int y) => Memory.Span.Slice(y * Stride, Width * BytesPerPixel);

    /// <summary>Checks that the memory holds what the numbers claim.</summary>
    /// <exception cref="ArgumentException">A size is not positive, the stride is too small or the memory too short.</exception>
    internal void Validate()
    {
        if (Width <= 0 || Height <= 0)
            throw new ArgumentException($"A pixel view needs positive sizes, got {Width} x {Height}.");
        if (Stride < (long)Width * BytesPerPixel)
            throw new ArgumentException($"Stride {Stride} is less than a row of {Width} pixels of {BytesPerPixel} bytes.");
        long needed = (long)Stride * (Height - 1) + (long)Width * BytesPerPixel;
        if (Memory.Length < needed)
            throw new ArgumentException($"{Memory.Length} bytes cannot hold {Height} rows: {needed} needed.");
    }
}
