using System.Buffers.Binary;
using System.Globalization;

namespace Semblance.Training.Tests.Support;

/// <summary>Writes files in InsightFace's layout, byte by byte as its tools do, so that reading them can be tested without
/// theirs.</summary>
internal static class RecordWriter
{
    private const uint Magic = 0xCED7230A;

    /// <summary>A training set: record 0 says where the people's records begin, the pictures follow, then one record a person with the
    /// range of its pictures.</summary>
    public static void Write(string path, IReadOnlyList<(float Label, byte[] Picture)> pictures, int people)
    {
        List<byte[]> records = [Header(flag: 2, label: 0, id: 0, [pictures.Count + 1, pictures.Count + 1 + people])];
        records.AddRange(pictures.Select((picture, i) => (byte[])[.. Header(flag: 0, picture.Label, i + 1, []), .. picture.Picture]));
        for (int person = 0; person < people; person++)
            records.Add(Header(flag: 2, label: 0, id: pictures.Count + 1 + person, [1, 2]));
        WriteRecords(path, records);
    }

    /// <summary>Any records.</summary>
    public static void WriteRecords(string path, IReadOnlyList<byte[]> records)
    {
        using FileStream file = File.Create(path);
        using StreamWriter index = new(Path.ChangeExtension(path, ".idx"));
        Span<byte> head = stackalloc byte[8];
        for (int key = 0; key < records.Count; key++)
        {
            index.Write(string.Create(CultureInfo.InvariantCulture, $"{key}\t{file.Position}\n"));
            BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
            BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)records[key].Length);
            file.Write(head);
            file.Write(records[key]);
            file.Write(new byte[(4 - records[key].Length % 4) % 4]);
        }
    }

    /// <summary>A header: uint32 flag, float label, uint64 id and id2, then flag labels.</summary>
    public static byte[] Header(uint flag, float label, int id, float[] labels)
    {
        byte[] header = new byte[24 + 4 * labels.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, flag);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(4), label);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), (ulong)id);
        for (int i = 0; i < labels.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(24 + 4 * i), labels[i]);
        return header;
    }

    /// <summary>A verification set as Python's <c>pickle.dump((bins, issame_list), f, protocol=2)</c> of bytes and truths; protocol 3 is
    /// what current versions write.</summary>
    public static byte[] Bin(IReadOnlyList<byte[]> pictures, IReadOnlyList<bool> same)
    {
        using MemoryStream file = new();
        file.Write([0x80, 3, (byte)']', (byte)'q', 0, (byte)'(']);
        Span<byte> length = stackalloc byte[4];
        foreach (byte[] picture in pictures)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, picture.Length);
            file.WriteByte((byte)'B');
            file.Write(length);
            file.Write(picture);
        }
        file.Write([(byte)'e', (byte)']', (byte)'q', 1, (byte)'(']);
        foreach (bool truth in same)
            file.WriteByte(truth ? (byte)0x88 : (byte)0x89);
        file.Write([(byte)'e', 0x86, (byte)'q', 2, (byte)'.']);
        return file.ToArray();
    }
}
