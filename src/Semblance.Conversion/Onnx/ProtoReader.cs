using System.Buffers.Binary;
using System.Text;

namespace Semblance.Conversion.Onnx;

/// <summary>Reads the wire format of Protocol Buffers; every length is checked against what is there.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Number of the field read by <see cref="Next"/>.</summary>
    public int Field { get; private set; }

    /// <summary>Layout of the field read by <see cref="Next"/>.</summary>
    public ProtoWire Wire { get; private set; }

    /// <summary>The value of a varint or fixed field.</summary>
    public ulong Number { get; private set; }

    /// <summary>The bytes of a length-delimited field.</summary>
    public ReadOnlySpan<byte> Block { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Block);

    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Number);

    /// <summary>Reads the next field; false at the end.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        ulong tag = Varint(ref _rest);
        (Field, Wire) = ((int)(tag >> 3), (ProtoWire)(tag & 7));
        switch (Wire)
        {
            case ProtoWire.Varint:
                Number = Varint(ref _rest);
                return true;
            case ProtoWire.Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                return true;
            case ProtoWire.Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                return true;
            case ProtoWire.Length:
                ulong length = Varint(ref _rest);
                Block = Take(length);
                return true;
            default:
                throw new ConversionException($"not an ONNX file: field {Field} has the unknown layout {(int)Wire}");
        }
    }

    /// <summary>Numbers of a repeated field, packed or single.</summary>
    public readonly void Collect(List<long> into)
    {
        if (Wire != ProtoWire.Length)
        {
            into.Add((long)Number);
            return;
        }
        ReadOnlySpan<byte> packed = Block;
        while (!packed.IsEmpty)
            into.Add((long)Varint(ref packed));
    }

    /// <summary>Floats of a repeated field, packed or single.</summary>
    public readonly void Collect(List<float> into)
    {
        if (Wire != ProtoWire.Length)
        {
            into.Add(Single);
            return;
        }
        for (int i = 0; i + 4 <= Block.Length; i += 4)
            into.Add(BinaryPrimitives.ReadSingleLittleEndian(Block[i..]));
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
            throw new ConversionException($"the file is cut off: {length} bytes are announced, {_rest.Length} are there");
        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (bytes.IsEmpty)
                throw new ConversionException("the file is cut off inside a number");
            byte b = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
        throw new ConversionException("not an ONNX file: a number has more than 64 bits");
    }
}
