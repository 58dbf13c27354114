using System.Buffers.Binary;

namespace Semblance.Imaging;

/// <summary>Looks for stretches that were emptied in the compressed pixels of a WebP file: its decoder makes some picture of them, and the
/// file has no checksums.</summary>
internal static class WebpInspection
{
    /// <summary>Zeros in a row that no encoder writes: what they compress to is as good as random.</summary>
    private const int Suspicious = 32;

    private const int RiffHeader = 12,
        ChunkHeader = 8,
        FrameHeader = 16;

    /// <summary>Finds one.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>Where it begins; null where there is none, or where the file is no WebP.</returns>
    public static int? FindZeros(ReadOnlySpan<byte> file) =>
        file.StartsWith("RIFF"u8) && file.Length >= RiffHeader && file[8..].StartsWith("WEBP"u8)
            ? InChunks(file, RiffHeader, file.Length)
            : null;

    private static int? InChunks(ReadOnlySpan<byte> file, int position, int end)
    {
        int? found = null;
        while (found is null && position <= end - ChunkHeader)
        {
            ReadOnlySpan<byte> name = file.Slice(position, 4);
            long length = BinaryPrimitives.ReadUInt32LittleEndian(file[(position + 4)..]);
            int start = position + ChunkHeader,
                next = (int)Math.Min(end, start + length + (length & 1));
            if (name.SequenceEqual("ANMF"u8))
                found = InChunks(file, Math.Min(next, start + FrameHeader), next);
            else if (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8) || name.SequenceEqual("ALPH"u8))
                found = InData(file[start..next]) + start;
            position = next;
        }
        return found;
    }

    /// <summary>Zeros at the end are padding.</summary>
    private static int? InData(ReadOnlySpan<byte> data)
    {
        int at = data.TrimEnd((byte)0).IndexOf(stackalloc byte[Suspicious]);
        return at < 0 ? null : at;
    }
}
