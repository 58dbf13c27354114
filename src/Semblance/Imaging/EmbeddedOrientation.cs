using System.Buffers.Binary;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>The EXIF orientation of PNG (its chunk eXIf) and WebP (its chunk EXIF) files, which the decoder does not look for.</summary>
internal static class EmbeddedOrientation
{
    private const int PngSignature = 8,
        RiffHeader = 12,
        OrientationTag = 0x0112,
        ShortType = 3;

    /// <summary>Finds it.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="format">Its format.</param>
    /// <returns>As stored where the file says nothing.</returns>
    public static SKEncodedOrigin Find(ReadOnlySpan<byte> file, string format) =>
        format switch
        {
            "PNG" => OfTiff(FindPngChunk(file, "eXIf"u8)),
            "WebP" => OfTiff(FindRiffChunk(file, "EXIF"u8)),
            _ => SKEncodedOrigin.TopLeft,
        };

    /// <summary>Chunks of length, name, content and checksum.</summary>
    private static ReadOnlySpan<byte> FindPngChunk(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> rest = file[PngSignature..];
        while (rest.Length >= 12)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
                break;
            if (rest.Slice(4, 4).SequenceEqual(name))
                return rest.Slice(8, (int)length);
            rest = rest[(int)(length + 12)..];
        }
        return default;
    }

    /// <summary>Chunks of name, length and content of an even number of bytes.</summary>
    private static ReadOnlySpan<byte> FindRiffChunk(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> rest = file[Math.Min(RiffHeader, file.Length)..];
        while (rest.Length >= 8)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8)
                break;
            if (rest[..4].SequenceEqual(name))
                return rest.Slice(8, (int)length);
            rest = rest[(int)Math.Min(rest.Length, 8L + length + (length & 1))..];
        }
        return default;
    }

    /// <summary>The first folder of a TIFF block (TIFF 6.0, section 2).</summary>
    private static SKEncodedOrigin OfTiff(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith("Exif\0\0"u8))
            block = block[6..];
        bool little = block.StartsWith("II"u8);
        if (block.Length < 8 || (!little && !block.StartsWith("MM"u8)))
            return SKEncodedOrigin.TopLeft;
        uint folder = little ? BinaryPrimitives.ReadUInt32LittleEndian(block[4..]) : BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
        if (folder > block.Length - 2)
            return SKEncodedOrigin.TopLeft;
        ReadOnlySpan<byte> entries = block[((int)folder + 2)..];
        for (int i = Short(block[(int)folder..], little); i > 0 && entries.Length >= 12; i--, entries = entries[12..])
        {
            if (Short(entries, little) != OrientationTag || Short(entries[2..], little) != ShortType)
                continue;
            int value = Short(entries[8..], little);
            return value is >= 1 and <= 8 ? (SKEncodedOrigin)value : SKEncodedOrigin.TopLeft;
        }
        return SKEncodedOrigin.TopLeft;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
