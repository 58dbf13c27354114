using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Semblance.Imaging.Jpeg;

/// <summary>The bits of a scan up to the next marker (ITU-T T.81, F.2.2.5): FF 00 stands for FF.</summary>
internal ref struct EntropyReader(ReadOnlySpan<byte> data, int position)
{
    private const ulong Ones = 0x0101010101010101,
        Highs = 0x8080808080808080;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _position = position;

    /// <summary>The next bits, the first of them highest.</summary>
    private ulong _bits;

    /// <summary>How many bits are there; below 0 when more were taken than the data has.</summary>
    private int _count;

    /// <summary>Whether more bits were taken than there are.</summary>
    public readonly bool IsExhausted => _count < 0;

    /// <summary>Bytes that no block has used, up to the next marker.</summary>
    public readonly int Unread => FindMarker(_position) - _position + Math.Max(0, _count / 8);

    /// <summary>Where the next marker begins; the end of the data where there is none.</summary>
    public readonly int Marker => FindMarker(_position);

    /// <summary>Goes on behind a restart marker.</summary>
    public void ContinueAt(int position) => (_position, _bits, _count) = (position, 0, 0);

    /// <summary>Takes the symbol of a code.</summary>
    /// <returns>-1 where the bits are no code.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Decode(HuffmanTable table)
    {
        if (_count < 32)
            Fill();
        ushort entry = table.Short[(int)(_bits >> (64 - HuffmanTable.ShortBits))];
        if (entry == 0)
            return DecodeLong(table);
        Take(entry & 0xFF);
        return entry >> 8;
    }

    /// <summary>Takes up to 16 bits that nobody looks at; a code before them has filled the register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int bits)
    {
        _bits <<= bits;
        _count -= bits;
    }

    /// <summary>Takes up to 16 bits as a number.</summary>
    public int Read(int bits)
    {
        if (_count < 32)
            Fill();
        int value = bits == 0 ? 0 : (int)(_bits >> (64 - bits));
        Take(bits);
        return value;
    }

    /// <summary>Takes any number of bits.</summary>
    public void Skip(int bits)
    {
        for (; bits > 0; bits -= 16)
        {
            if (_count < 32)
                Fill();
            Take(Math.Min(16, bits));
        }
    }

    /// <summary>Takes the codes of one block of a sequential picture: what most of a file is, so its register is kept in locals.</summary>
    /// <returns>False where the bits are no code.</returns>
    public bool TakeBlock(HuffmanTable dc, HuffmanTable ac)
    {
        int size = Decode(dc);
        if (size is < 0 or > 16)
            return false;
        Take(size);
        ulong bits = _bits;
        int count = _count;
        bool sensible = true;
        ushort[] shortCodes = ac.Short;
        for (int k = 1; k < 64; k++)
        {
            if (count < 32)
            {
                (_bits, _count) = (bits, count);
                Fill();
                (bits, count) = (_bits, _count);
            }
            int entry = shortCodes[(int)(bits >> (64 - HuffmanTable.ShortBits))],
                length = entry & 0xFF,
                symbol = entry >> 8;
            if (entry == 0)
                symbol = ac.FindLong((int)(bits >> 48), out length);
            length += symbol & 15;
            bits <<= length;
            count -= length;
            k += symbol >> 4;
            // A code without bits ends the block, unless it stands for sixteen zeros.
            if ((symbol & 15) == 0 && symbol != 0xF0)
                break;
            if (symbol < 0 || (k > 63 && (symbol & 15) != 0))
            {
                sensible = false;
                break;
            }
        }
        (_bits, _count) = (bits, count);
        return sensible;
    }

    private int DecodeLong(HuffmanTable table)
    {
        int symbol = table.FindLong((int)(_bits >> 48), out int length);
        Take(length);
        return symbol;
    }

    private void Fill()
    {
        if (_count < 0)
            return;
        if (_position + 8 <= _data.Length)
        {
            ulong next = BinaryPrimitives.ReadUInt64BigEndian(_data[_position..]);
            if (((~next - Ones) & next & Highs) == 0)
            {
                // No byte is FF: as many whole bytes as there is room for.
                _bits |= next >> _count;
                int bytes = (64 - _count) >> 3;
                _position += bytes;
                _count += bytes * 8;
                return;
            }
        }
        FillSlowly();
    }

    private void FillSlowly()
    {
        // What the fast way left below the counted bits are the first bits of the next byte, which is set anew.
        _bits = _count == 0 ? 0 : _bits & (ulong.MaxValue << (64 - _count));
        while (_count <= 56 && _position < _data.Length)
        {
            byte value = _data[_position];
            if (value == 0xFF)
            {
                if (_position + 1 >= _data.Length || _data[_position + 1] != 0)
                    return;
                _position++;
            }
            _position++;
            _bits |= (ulong)value << (56 - _count);
            _count += 8;
        }
    }

    private readonly int FindMarker(int from)
    {
        while (from < _data.Length)
        {
            int next = _data[from..].IndexOf((byte)0xFF);
            if (next < 0)
                return _data.Length;
            from += next;
            if (from + 1 >= _data.Length)
                return _data.Length;
            if (_data[from + 1] != 0 && _data[from + 1] != 0xFF)
                return from;
            from += _data[from + 1] == 0 ? 2 : 1;
        }
        return _data.Length;
    }
}
