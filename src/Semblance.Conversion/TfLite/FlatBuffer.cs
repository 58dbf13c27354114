using System.Buffers.Binary;
using System.Text;

namespace Semblance.Conversion.TfLite;

/// <summary>Reads tables of a FlatBuffers file; every offset is checked against the file's length.</summary>
internal sealed class FlatBuffer(ReadOnlyMemory<byte> file)
{
    public FlatTable Root => new(this, Follow(0));

    public int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(Slice(at, 4));

    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(at, 2));

    public sbyte Int8(int at) => (sbyte)Slice(at, 1)[0];

    /// <summary>Where the offset at a position points.</summary>
    public int Follow(int at)
    {
        long target = at + (long)(uint)Int32(at);
        return target < file.Length ? (int)target : throw Broken();
    }

    public ReadOnlySpan<byte> Slice(int at, int length) => Memory(at, length).Span;

    public ReadOnlyMemory<byte> Memory(int at, int length) =>
        at >= 0 && length >= 0 && (long)at + length <= file.Length ? file.Slice(at, length) : throw Broken();

    public static ConversionException Broken() => new("not a TFLite file, or cut off: an offset points outside the file");
}

/// <summary>One table: fields by number, absent ones have defaults.</summary>
internal readonly struct FlatTable(FlatBuffer buffer, int position)
{
    public int Int32(int field, int otherwise = 0) => At(field) is { } at ? buffer.Int32(at) : otherwise;

    public sbyte Int8(int field, sbyte otherwise = 0) => At(field) is { } at ? buffer.Int8(at) : otherwise;

    public bool Has(int field) => At(field) is not null;

    public FlatTable Table(int field) => At(field) is { } at ? new(buffer, buffer.Follow(at)) : throw FlatBuffer.Broken();

    public string Text(int field)
    {
        if (At(field) is not { } at)
            return "";
        int start = buffer.Follow(at);
        return Encoding.UTF8.GetString(buffer.Slice(start + 4, buffer.Int32(start)));
    }

    public ReadOnlyMemory<byte> Bytes(int field)
    {
        if (At(field) is not { } at)
            return default;
        int start = buffer.Follow(at);
        return buffer.Memory(start + 4, buffer.Int32(start));
    }

    public int[] Int32s(int field)
    {
        if (At(field) is not { } at)
            return [];
        int start = buffer.Follow(at),
            count = buffer.Int32(start);
        _ = buffer.Slice(start + 4, checked(4 * count));
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
            values[i] = buffer.Int32(start + 4 + 4 * i);
        return values;
    }

    public FlatTable[] Tables(int field)
    {
        if (At(field) is not { } at)
            return [];
        int start = buffer.Follow(at),
            count = buffer.Int32(start);
        _ = buffer.Slice(start + 4, checked(4 * count));
        FlatTable[] tables = new FlatTable[count];
        for (int i = 0; i < count; i++)
            tables[i] = new(buffer, buffer.Follow(start + 4 + 4 * i));
        return tables;
    }

    private int? At(int field)
    {
        int vtable = position - buffer.Int32(position);
        int size = buffer.UInt16(vtable),
            entry = 4 + 2 * field;
        if (entry + 2 > size)
            return null;
        int offset = buffer.UInt16(vtable + entry);
        return offset == 0 ? null : position + offset;
    }
}
