using System.Buffers.Binary;
using System.IO.Compression;

namespace Semblance.TestSupport;

/// <summary>PNG files of the kinds that SkiaSharp does not write (PNG specification, 3rd edition, 11.2).</summary>
internal static class PngWriter
{
    public const byte Gray = 0,
        Rgb = 2,
        Palette = 3,
        GrayAlpha = 4,
        Rgba = 6;

    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows; fewer may be in <paramref name="rows"/>.</param>
    /// <param name="depth">Bits of a sample.</param>
    /// <param name="colour">Colour type.</param>
    /// <param name="rows">Samples, without filter bytes.</param>
    /// <param name="palette">RGB entries of a palette image.</param>
    public static byte[] Write(int width, int height, byte depth, byte colour, byte[][] rows, byte[]? palette = null)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colour);

        MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            foreach (byte[] row in rows)
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        return
        [
            0x89,
            .. "PNG\r\n"u8,
            0x1A,
            0x0A,
            .. Chunk("IHDR", header),
            .. palette is null ? [] : Chunk("PLTE", palette),
            .. Chunk("IDAT", packed.ToArray()),
            .. Chunk("IEND", []),
        ];
    }

    /// <summary>A chunk with its length and checksum.</summary>
    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        byte[] length = new byte[4],
            check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32(body));
        return [.. length, .. body, .. check];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }
}
