using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Semblance.Conversion.Onnx;

/// <summary>Writes the wire format of Protocol Buffers: fields in the order of the calls.</summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public void Integer(int field, long value)
    {
        Varint((ulong)field << 3 | (ulong)ProtoWire.Varint);
        Varint((ulong)value);
    }

    public void Single(int field, float value)
    {
        Varint((ulong)field << 3 | (ulong)ProtoWire.Fixed32);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    public void Text(int field, string value) => Block(field, Encoding.UTF8.GetBytes(value));

    public void Block(int field, ReadOnlySpan<byte> value)
    {
        Varint((ulong)field << 3 | (ulong)ProtoWire.Length);
        Varint((ulong)value.Length);
        _bytes.Write(value);
    }

    public void Message(int field, Action<ProtoWriter> write)
    {
        ProtoWriter inner = new();
        write(inner);
        Block(field, inner.Bytes.Span);
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}

/// <summary>How a field is laid out.</summary>
internal enum ProtoWire
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    Fixed32 = 5,
}
