using System.Buffers.Binary;
using System.Text;

namespace Semblance.Conversion.Checkpoints;

/// <summary>Reads a pickle from front to end. Every length is compared with what is left before anything is set aside for it.</summary>
internal sealed class PickleInput(FileSlice slice, long position)
{
    private const int BufferSize = 1 << 16;

    private readonly byte[] _buffer = new byte[(int)Math.Min(BufferSize, Math.Max(1, slice.Length - position))];
    private long _next = position;
    private int _at,
        _filled;

    /// <summary>Where in the slice the next byte is read.</summary>
    public long Position => _next - _filled + _at;

    public byte Byte()
    {
        if (_at == _filled)
            Fill();
        return _buffer[_at++];
    }

    public ushort UInt16() => (ushort)(Byte() | Byte() << 8);

    public int Int32() => UInt16() | UInt16() << 16;

    public uint UInt32() => (uint)Int32();

    public ulong UInt64() => UInt32() | (ulong)UInt32() << 32;

    /// <summary>A big-endian double, the only one of pickle's numbers that is.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Block(8));

    public byte[] Block(ulong length)
    {
        long left = slice.Length - Position;
        if (length > (ulong)left)
            throw new ConversionException($"the pickle is cut off or damaged: {length} bytes are announced, {left} are there");
        byte[] block = new byte[length];
        for (int i = 0; i < block.Length; )
        {
            if (_at == _filled)
                Fill();
            int part = Math.Min(block.Length - i, _filled - _at);
            _buffer.AsSpan(_at, part).CopyTo(block.AsSpan(i));
            i += part;
            _at += part;
        }
        return block;
    }

    public string Text(ulong length) => Encoding.UTF8.GetString(Block(length));

    /// <summary>Text up to a line feed, as names of globals are written.</summary>
    public string Line(int longest)
    {
        StringBuilder line = new();
        for (byte b = Byte(); b != '\n'; b = Byte())
        {
            if (line.Length == longest)
                throw new ConversionException($"the pickle is damaged: a name has more than {longest} letters");
            line.Append((char)b);
        }
        return line.ToString();
    }

    private void Fill()
    {
        int count = (int)Math.Min(_buffer.Length, slice.Length - _next);
        if (count <= 0)
            throw new ConversionException("the pickle is cut off");
        slice.Read(_next, _buffer.AsSpan(0, count));
        _next += count;
        (_at, _filled) = (0, count);
    }
}
