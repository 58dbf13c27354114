namespace Semblance.Imaging.Jpeg;

/// <summary>A table of codes (ITU-T T.81, C.2): short ones are looked up at once.</summary>
internal sealed class HuffmanTable
{
    /// <summary>Codes of so many bits and fewer, nearly all that occur, are looked up.</summary>
    public const int ShortBits = 10;

    private const int LongestCode = 16;

    private readonly byte[] _symbols;

    /// <summary>By length: the code behind the last one, its 16 bits from the left; and the number of its first symbol less its first
    /// code.</summary>
    private readonly int[] _end = new int[LongestCode + 1],
        _offset = new int[LongestCode + 1];

    private HuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <summary>By the next bits: symbol and length; 0 for longer codes.</summary>
    public ushort[] Short { get; } = new ushort[1 << ShortBits];

    /// <summary>Reads a table.</summary>
    /// <param name="counts">Codes of each length from 1 to 16.</param>
    /// <param name="symbols">As many symbols.</param>
    /// <returns>Null where there are more codes of a length than bits can tell apart.</returns>
    public static HuffmanTable? Read(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        HuffmanTable table = new(symbols.ToArray());
        int code = 0,
            symbol = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            table._offset[length] = symbol - code;
            for (int i = 0; i < counts[length - 1]; i++, symbol++, code++)
            {
                if (length > ShortBits)
                    continue;
                int first = code << (ShortBits - length);
                if (first + (1 << (ShortBits - length)) > table.Short.Length)
                    return null;
                table.Short.AsSpan(first, 1 << (ShortBits - length)).Fill((ushort)(symbols[symbol] << 8 | length));
            }
            if (code > 1 << length)
                return null;
            table._end[length] = code << (LongestCode - length);
            code <<= 1;
        }
        return table;
    }

    /// <summary>Finds a code of any length.</summary>
    /// <param name="next">The next 16 bits.</param>
    /// <param name="length">Bits that the code has.</param>
    /// <returns>The symbol; -1 where there is no such code.</returns>
    public int FindLong(int next, out int length)
    {
        for (length = 1; length <= LongestCode; length++)
        {
            if (next >= _end[length])
                continue;
            int index = (next >> (LongestCode - length)) + _offset[length];
            return (uint)index < (uint)_symbols.Length ? _symbols[index] : -1;
        }
        length = LongestCode;
        return -1;
    }
}
