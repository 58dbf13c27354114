using System.Text;

namespace Semblance.Writing;

/// <summary>The beginning of a file in NumPy's format, version 1.0: magic, version, length, and the layout of the numbers that
/// follow.</summary>
public static class NumPyHeader
{
    /// <summary>Bytes that every header here has, whatever the shape, so that the number of rows can be written at the end.</summary>
    public const int Length = 128;

    /// <summary>Magic, version and the length of the text.</summary>
    private const int Start = 10;

    /// <summary>The header of a table of 32-bit floats, row after row, lowest byte first.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Numbers a row.</param>
    /// <returns><see cref="Length"/> bytes.</returns>
    public static byte[] OfFloats(int rows, int columns)
    {
        string layout = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        return [0x93, .. "NUMPY"u8, 1, 0, Length - Start, 0, .. Encoding.ASCII.GetBytes(layout.PadRight(Length - Start - 1) + "\n")];
    }
}
