using System.Text;

namespace Semblance.Conversion.Tests.Checkpoints.Files;

/// <summary>Archives in the form for more than four gigabytes, which PyTorch writes for large networks; here with little in them.</summary>
internal static class Zip64
{
    private const ushort Version = 45,
        Extra = 1;

    public static byte[] Of(params IReadOnlyList<(string Name, byte[] Data)> entries)
    {
        using MemoryStream stream = new();
        using BinaryWriter file = new(stream);
        List<long> places = [];
        foreach ((string name, byte[] data) in entries)
        {
            places.Add(stream.Position);
            file.Write(0x04034b50u);
            Head(file, name, data.Length, extra: 0);
            file.Write(Encoding.UTF8.GetBytes(name));
            file.Write(data);
        }
        long table = stream.Position;
        for (int i = 0; i < entries.Count; i++)
        {
            file.Write(0x02014b50u);
            file.Write(Version);
            Head(file, entries[i].Name, uint.MaxValue, extra: 28);
            file.Write(new byte[10]);
            file.Write(uint.MaxValue);
            file.Write(Encoding.UTF8.GetBytes(entries[i].Name));
            file.Write(Extra);
            file.Write((ushort)24);
            file.Write((long)entries[i].Data.Length);
            file.Write((long)entries[i].Data.Length);
            file.Write(places[i]);
        }
        long end = stream.Position;
        file.Write(0x06064b50u);
        file.Write(44L);
        file.Write(Version);
        file.Write(Version);
        file.Write(0L);
        file.Write((long)entries.Count);
        file.Write((long)entries.Count);
        file.Write(end - table);
        file.Write(table);
        file.Write(0x07064b50u);
        file.Write(0);
        file.Write(end);
        file.Write(1);
        file.Write(0x06054b50u);
        file.Write(0);
        file.Write(ushort.MaxValue);
        file.Write(ushort.MaxValue);
        file.Write(uint.MaxValue);
        file.Write(uint.MaxValue);
        file.Write((ushort)0);
        return stream.ToArray();
    }

    /// <summary>What the head of an entry and its line in the table of contents have in common: version to lengths.</summary>
    private static void Head(BinaryWriter file, string name, long size, ushort extra)
    {
        file.Write(Version);
        file.Write(new byte[12]);
        file.Write((uint)size);
        file.Write((uint)size);
        file.Write((ushort)Encoding.UTF8.GetByteCount(name));
        file.Write(extra);
    }
}
