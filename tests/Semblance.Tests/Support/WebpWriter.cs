using SkiaSharp;

namespace Semblance.Tests.Support;

/// <summary>An animated WebP from whole frames (RFC 9649, 2.7).</summary>
internal static class WebpWriter
{
    public static byte[] Animate(int width, int height, params SKColor[] frames)
    {
        List<byte> body =
        [
            .. "WEBP"u8,
            .. Chunk("VP8X", [0x02, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]),
            .. Chunk("ANIM", [0, 0, 0, 0, 0, 0]),
        ];
        foreach (SKColor colour in frames)
            body.AddRange(
                Chunk(
                    "ANMF",
                    [0, 0, 0, 0, 0, 0, .. Three(width - 1), .. Three(height - 1), .. Three(100), 0, .. Lossless(width, height, colour)]
                )
            );
        return [.. "RIFF"u8, .. Four(body.Count), .. body];
    }

    private static byte[] Lossless(int width, int height, SKColor colour)
    {
        using SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(colour);
        using SKPixmap pixels = bitmap.PeekPixels()!;
        using SKData data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100))!;
        ReadOnlySpan<byte> file = data.AsSpan();
        int at = file.IndexOf("VP8L"u8);
        return file[at..].ToArray();
    }

    private static byte[] Chunk(string type, byte[] data) =>
        [.. System.Text.Encoding.ASCII.GetBytes(type), .. Four(data.Length), .. data, .. new byte[data.Length % 2]];

    private static byte[] Three(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static byte[] Four(int value) => [.. Three(value), (byte)(value >> 24)];
}
