using System.Buffers.Binary;

namespace Semblance.Imaging.Magick;

/// <summary>Looks for stretches that were emptied in the compressed pixels of a HEIF or AVIF file, whose decoders conceal them. Where
/// these lie the boxes say (ISO/IEC 14496-12, 8.11): what else a file holds may well be zeros.</summary>
internal static class HeifInspection
{
    /// <summary>In an HEVC unit no three zeros follow one another (ITU-T H.265, 7.4.2); the length in front of it may begin with
    /// three.</summary>
    private const int ZerosOfHevc = 8;

    /// <summary>AV1 forbids none, but what pixels compress to is as good as random.</summary>
    private const int ZerosOfAv1 = 32;

    private static ReadOnlySpan<byte> Zeros => new byte[ZerosOfAv1];

    private const int BoxHeader = 8,
        FullBoxHeader = 4;

    /// <summary>Finds one.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>Where it begins; null where there is none, or where the boxes are not understood.</returns>
    public static int? FindZeros(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> meta = Find(file, "meta"u8);
        if (meta.Length < FullBoxHeader)
            return null;
        meta = meta[FullBoxHeader..];
        Dictionary<uint, int> pictures = Pictures(Find(meta, "iinf"u8));
        Reader locations = new(Find(meta, "iloc"u8));
        int version = (int)locations.Take(1);
        _ = locations.Take(3);
        int sizes = (int)locations.Take(2),
            offsetSize = sizes >> 12,
            lengthSize = sizes >> 8 & 15,
            baseSize = sizes >> 4 & 15,
            indexSize = version > 0 ? sizes & 15 : 0;
        // Extents that lie over one another, many times the file, are no picture.
        long left = offsetSize + lengthSize == 0 ? 0 : 2L * file.Length;
        for (long items = (long)locations.Take(version < 2 ? 2 : 4); items > 0 && left > 0 && !locations.IsOver; items--)
        {
            uint id = (uint)locations.Take(version < 2 ? 2 : 4);
            bool isInFile = version == 0 || (locations.Take(2) & 15) == 0;
            _ = locations.Take(2);
            ulong start = locations.Take(baseSize);
            for (int extents = (int)locations.Take(2); extents > 0 && left > 0 && !locations.IsOver; extents--)
            {
                _ = locations.Take(indexSize);
                ulong from = start + locations.Take(offsetSize),
                    length = locations.Take(lengthSize);
                if (!isInFile || from >= (ulong)file.Length || !pictures.TryGetValue(id, out int zeros))
                    continue;
                ReadOnlySpan<byte> data = file[(int)from..];
                // No length: to the end of the file.
                if (length > 0 && length < (ulong)data.Length)
                    data = data[..(int)length];
                left -= data.Length;
                int at = data.TrimEnd((byte)0).IndexOf(Zeros[..zeros]);
                if (at >= 0)
                    return (int)from + at;
            }
        }
        return null;
    }

    /// <summary>The items that are coded pictures, with the zeros that none of them has.</summary>
    private static Dictionary<uint, int> Pictures(ReadOnlySpan<byte> items)
    {
        Dictionary<uint, int> pictures = [];
        if (items.Length < FullBoxHeader)
            return pictures;
        items = items[(FullBoxHeader + (items[0] == 0 ? 2 : 4))..];
        while (Next(ref items, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> content))
        {
            if (!name.SequenceEqual("infe"u8) || content.Length < 1 || content[0] < 2)
                continue;
            Reader item = new(content[FullBoxHeader..]);
            uint id = (uint)item.Take(content[0] == 2 ? 2 : 4);
            _ = item.Take(2);
            ulong type = item.Take(4);
            if (type is 0x68766331 or 0x68657631)
                pictures[id] = ZerosOfHevc;
            else if (type == 0x61763031)
                pictures[id] = ZerosOfAv1;
        }
        return pictures;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> wanted)
    {
        while (Next(ref boxes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> content))
            if (name.SequenceEqual(wanted))
                return content;
        return default;
    }

    private static bool Next(scoped ref ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> content)
    {
        name = content = default;
        if (boxes.Length < BoxHeader)
            return false;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        // 0: to the end; 1: a long length, which only media data has.
        if (length == 0 || length > boxes.Length)
            length = (uint)boxes.Length;
        if (length < BoxHeader)
            return false;
        name = boxes.Slice(4, 4);
        content = boxes[BoxHeader..(int)length];
        boxes = boxes[(int)length..];
        return true;
    }

    /// <summary>Big-endian numbers one after the other; zeros behind the end.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public bool IsOver { get; private set; }

        public ulong Take(int size)
        {
            if (size > _rest.Length)
            {
                IsOver = true;
                return 0;
            }
            ulong number = 0;
            foreach (byte next in _rest[..size])
                number = number << 8 | next;
            _rest = _rest[size..];
            return number;
        }
    }
}
