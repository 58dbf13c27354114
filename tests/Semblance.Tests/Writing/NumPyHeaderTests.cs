using System.Buffers.Binary;
using System.Text;
using Semblance.Writing;

namespace Semblance.Tests.Writing;

public sealed class NumPyHeaderTests
{
    /// <summary>What numpy.lib.format asks of version 1.0: the magic, the length of what follows, a line, aligned numbers.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 512)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Header_has_one_length_and_ends_in_a_line_break_whatever_the_shape(int rows, int columns)
    {
        byte[] header = NumPyHeader.OfFloats(rows, columns);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], header[..8]);
        Assert.Equal(NumPyHeader.Length, header.Length);
        Assert.Equal(0, header.Length % 64);
        Assert.Equal(header.Length - 10, BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(8)));
        string layout = Encoding.ASCII.GetString(header, 10, header.Length - 10);
        Assert.StartsWith($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}", layout);
        Assert.EndsWith(" \n", layout);
    }
}
