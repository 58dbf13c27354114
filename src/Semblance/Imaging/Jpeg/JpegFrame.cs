namespace Semblance.Imaging.Jpeg;

/// <summary>What the frame header says (ITU-T T.81, B.2.2).</summary>
internal sealed class JpegFrame
{
    private const int BlockSide = 8;

    private JpegFrame(bool isProgressive, int width, int height, JpegComponent[] components)
    {
        (IsProgressive, Height, Components) = (isProgressive, height, components);
        int widest = components.Max(component => component.Across),
            tallest = components.Max(component => component.Down);
        UnitsAcross = Divide(width, BlockSide * widest);
        UnitsDown = Divide(height, BlockSide * tallest);
        UnitHeight = BlockSide * tallest;
        foreach (JpegComponent component in components)
            component.Place(
                Divide(Divide(width * component.Across, widest), BlockSide),
                Divide(Divide(height * component.Down, tallest), BlockSide),
                UnitsAcross * component.Across,
                UnitsDown * component.Down
            );
    }

    public bool IsProgressive { get; }

    public int Height { get; }

    public IReadOnlyList<JpegComponent> Components { get; }

    /// <summary>Units (MCU) of a scan of all components, and how many rows of pixels one has.</summary>
    public int UnitsAcross { get; }

    public int UnitsDown { get; }

    public int UnitHeight { get; }

    /// <summary>Reads a header.</summary>
    /// <param name="marker">Second byte of its marker.</param>
    /// <param name="header">What is behind its length.</param>
    /// <returns>Null where the frame is none of Huffman codes and 8 bits, or says nonsense.</returns>
    public static JpegFrame? Read(byte marker, ReadOnlySpan<byte> header)
    {
        if (
            marker is not (0xC0 or 0xC1 or 0xC2)
            || header.Length < 6
            || header[0] != 8
            || header[5] is < 1 or > 4
            || header.Length < 6 + 3 * header[5]
        )
            return null;
        int height = header[1] << 8 | header[2],
            width = header[3] << 8 | header[4];
        JpegComponent[] components = new JpegComponent[header[5]];
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<byte> entry = header[(6 + 3 * i)..];
            components[i] = new(entry[0], entry[1] >> 4, entry[1] & 15);
            if (components[i].Across is < 1 or > 4 || components[i].Down is < 1 or > 4)
                return null;
        }
        // A height of 0 is told behind the first scan (DNL); nobody writes such files.
        return width == 0 || height == 0 ? null : new(marker == 0xC2, width, height, components);
    }

    private static int Divide(int count, int by) => (count + by - 1) / by;
}

/// <summary>One component of a frame.</summary>
internal sealed class JpegComponent(byte id, int across, int down)
{
    private const byte NotYet = byte.MaxValue;

    private readonly byte[] _precision = Enumerable.Repeat(NotYet, 64).ToArray();

    public byte Id => id;

    /// <summary>Blocks of a unit across and down.</summary>
    public int Across => across;

    public int Down => down;

    /// <summary>Blocks that the picture needs, for scans of this component alone.</summary>
    public int BlocksAcross { get; private set; }

    public int BlocksDown { get; private set; }

    /// <summary>Blocks in a row, those included that only fill the last unit.</summary>
    public int Stride { get; private set; }

    /// <summary>Progressive: which coefficients of each block are not 0 so far.</summary>
    public ulong[] NonZero { get; private set; } = [];

    private int Blocks { get; set; }

    /// <summary>Whether all coefficients have been sent in full.</summary>
    public bool IsSent => _precision.AsSpan().IndexOfAnyExcept((byte)0) < 0;

    public void Place(int blocksAcross, int blocksDown, int stride, int rows) =>
        (BlocksAcross, BlocksDown, Stride, Blocks) = (blocksAcross, blocksDown, stride, stride * rows);

    /// <summary>Notes what a scan sends.</summary>
    public void Send(int first, int last, int precision) => _precision.AsSpan(first, last - first + 1).Fill((byte)precision);

    public void Remember()
    {
        if (NonZero.Length == 0)
            NonZero = new ulong[Blocks];
    }
}
