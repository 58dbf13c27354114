using System.Buffers.Binary;
using System.Text;

namespace Semblance.Conversion.Checkpoints;

/// <summary>
/// The table of contents of a zip archive (PKWARE's APPNOTE 4.3) whose entries are stored as they are, which is how PyTorch writes them.
/// Compressed entries are refused, so nothing grows while it is read, and so are entries that overlap.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50,
        End64Signature = 0x06064b50,
        Locator64Signature = 0x07064b50,
        EntrySignature = 0x02014b50,
        LocalSignature = 0x04034b50;
    private const int EndSize = 22,
        Locator64Size = 20,
        End64Size = 56,
        EntrySize = 46,
        LocalSize = 30,
        LongestComment = ushort.MaxValue;

    /// <summary>More entries than any network has tensors.</summary>
    private const int MostEntries = 100_000;

    /// <summary>Bytes of the largest table of contents that is read.</summary>
    private const int LargestTable = 16 << 20;

    private readonly Dictionary<string, FileSlice> _entries = [];

    private ZipDirectory() { }

    /// <summary>Names of the entries.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>The bytes of an entry, or null.</summary>
    public FileSlice? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Whether a file begins as an archive does.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <summary>Reads the table of contents.</summary>
    /// <exception cref="ConversionException">Damaged, compressed, encrypted, or overlapping.</exception>
    public static ZipDirectory Read(FileSlice file)
    {
        (long offset, long size, long count) = FindTable(file);
        if (count is < 0 or > MostEntries || size is < 0 or > LargestTable)
            throw Damaged($"its table of contents has {count} entries in {size} bytes");
        byte[] table = file.Part(offset, size, "the archive's table of contents").Bytes(0, (int)size);
        ZipDirectory directory = new();
        List<(string Name, FileSlice Data, long Start)> found = [];
        ReadOnlySpan<byte> rest = table;
        for (long i = 0; i < count; i++)
        {
            ZipEntry entry = ZipEntry.Read(ref rest);
            (FileSlice data, long start) = Locate(file, entry);
            found.Add((entry.Name, data, start));
        }
        long end = 0;
        foreach ((string name, FileSlice data, long start) in found.OrderBy(entry => entry.Start))
        {
            if (start < end || data.Offset + data.Length > offset)
                throw Damaged($"the entry '{name}' overlaps another one");
            end = data.Offset + data.Length;
            if (!directory._entries.TryAdd(name, data))
                throw Damaged($"the entry '{name}' is there twice");
        }
        return directory;
    }

    private static (long Offset, long Size, long Count) FindTable(FileSlice file)
    {
        int tail = (int)Math.Min(file.Length, EndSize + LongestComment);
        byte[] bytes = file.Bytes(file.Length - tail, tail);
        for (int at = tail - EndSize; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = bytes.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature)
                continue;
            long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]),
                size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            return count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue
                ? FindTable64(file, file.Length - tail + at - Locator64Size)
                : (offset, size, count);
        }
        throw Damaged("its table of contents is missing; the file may be cut off");
    }

    private static (long Offset, long Size, long Count) FindTable64(FileSlice file, long locatorAt)
    {
        byte[] locator = file.Bytes(locatorAt, Locator64Size);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != Locator64Signature)
            throw Damaged("its 64-bit table of contents is missing");
        byte[] end = file.Bytes(BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8)), End64Size);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != End64Signature)
            throw Damaged("its 64-bit table of contents is missing");
        return (Number(48), Number(40), Number(32));

        long Number(int at) => BinaryPrimitives.ReadInt64LittleEndian(end.AsSpan(at));
    }

    private static (FileSlice Data, long Start) Locate(FileSlice file, ZipEntry entry)
    {
        byte[] local = file.Part(entry.Offset, LocalSize, $"the entry '{entry.Name}'").Bytes(0, LocalSize);
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalSignature)
            throw Damaged($"the entry '{entry.Name}' is not where it is said to be");
        int before =
            LocalSize
            + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26))
            + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        return (file.Part(entry.Offset + before, entry.Length, $"the entry '{entry.Name}'"), entry.Offset);
    }

    private static ConversionException Damaged(string how) => new($"the archive is damaged: {how}");

    /// <summary>One line of the table of contents.</summary>
    private sealed record ZipEntry(string Name, long Offset, long Length)
    {
        private const ushort Extra64 = 1,
            EncryptedFlag = 1;

        public static ZipEntry Read(ref ReadOnlySpan<byte> rest)
        {
            if (rest.Length < EntrySize || BinaryPrimitives.ReadUInt32LittleEndian(rest) != EntrySignature)
                throw Damaged("its table of contents is cut off");
            ReadOnlySpan<byte> head = rest[..EntrySize];
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]),
                extraLength = BinaryPrimitives.ReadUInt16LittleEndian(head[30..]);
            int size = EntrySize + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(head[32..]);
            if (rest.Length < size)
                throw Damaged("its table of contents is cut off");
            string name = Encoding.UTF8.GetString(rest.Slice(EntrySize, nameLength));
            ReadOnlySpan<byte> extra = rest.Slice(EntrySize + nameLength, extraLength);
            rest = rest[size..];
            if ((BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) & EncryptedFlag) != 0)
                throw new ConversionException($"the entry '{name}' is encrypted");
            long stored = BinaryPrimitives.ReadUInt32LittleEndian(head[20..]),
                length = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
            long offset = BinaryPrimitives.ReadUInt32LittleEndian(head[42..]);
            Widen(extra, ref length, ref stored, ref offset);
            bool compressed = BinaryPrimitives.ReadUInt16LittleEndian(head[10..]) != 0 || stored != length;
            return compressed
                ? throw new ConversionException(
                    $"the entry '{name}' is compressed, which PyTorch's files are not; it was not unpacked. Save it again from PyTorch, "
                        + $"or pack it without compression"
                )
                : new(name, offset, length);
        }

        /// <summary>The values that did not fit into 32 bits, in this order.</summary>
        private static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long stored, ref long offset)
        {
            while (extra.Length >= 4)
            {
                int size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
                if (size > extra.Length - 4)
                    return;
                if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Extra64)
                {
                    ReadOnlySpan<byte> values = extra.Slice(4, size);
                    Take(ref values, ref length);
                    Take(ref values, ref stored);
                    Take(ref values, ref offset);
                    return;
                }
                extra = extra[(4 + size)..];
            }
        }

        private static void Take(ref ReadOnlySpan<byte> values, ref long value)
        {
            if (value != uint.MaxValue)
                return;
            if (values.Length < 8)
                throw Damaged("a 64-bit size is missing");
            value = BinaryPrimitives.ReadInt64LittleEndian(values);
            values = values[8..];
        }
    }
}
