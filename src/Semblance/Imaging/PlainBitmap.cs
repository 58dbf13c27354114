using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>Pixels of pictures as they are stored: no EXIF, no colour profile, no limit. For files whose size is bounded already.</summary>
internal static class PlainBitmap
{
    /// <summary>The pixels, or null of what is no picture.</summary>
    /// <param name="file">Content of a file.</param>
    public static SKBitmap? DecodeOrNull(ReadOnlySpan<byte> file)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec? codec = SKCodec.Create(data);
        return codec is null ? null : SKBitmap.Decode(codec);
    }
}
