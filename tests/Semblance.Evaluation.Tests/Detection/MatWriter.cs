using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Semblance.Evaluation.Tests.Detection;

/// <summary>Writes MATLAB's level 5 files byte by byte, as its documentation lays them out.</summary>
internal static class MatWriter
{
    public static byte[] File(bool compressed, params byte[][] variables)
    {
        byte[] header = new byte[128];
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file").CopyTo(header, 0);
        header[124] = 0;
        header[125] = 1;
        header[126] = (byte)'I';
        header[127] = (byte)'M';
        return [.. header, .. variables.SelectMany(variable => compressed ? Deflate(variable) : variable)];
    }

    public static byte[] Cells(string name, int rows, int columns, params byte[][] cells) =>
        Matrix(1, name, rows, columns, [.. cells.SelectMany(c => c)]);

    public static byte[] Text(string name, string text) => Matrix(4, name, 1, text.Length, Element(16, Encoding.UTF8.GetBytes(text)));

    /// <summary>Numbers column by column; small whole ones are stored as bytes, as MATLAB does.</summary>
    public static byte[] Numbers(string name, int rows, int columns, params double[] values) =>
        Matrix(
            6,
            name,
            rows,
            columns,
            values.All(v => v is >= 0 and < 256 && v == Math.Floor(v))
                ? Element(2, [.. values.Select(v => (byte)v)])
                : Element(9, [.. values.SelectMany(BitConverter.GetBytes)])
        );

    public static byte[] Matrix(int @class, string name, int rows, int columns, byte[] content) =>
        Element(
            14,
            [
                .. Element(6, [.. BitConverter.GetBytes(@class), .. BitConverter.GetBytes(0)]),
                .. Element(5, [.. BitConverter.GetBytes(rows), .. BitConverter.GetBytes(columns)]),
                .. Element(1, Encoding.ASCII.GetBytes(name)),
                .. content,
            ]
        );

    /// <summary>Up to four bytes stand in the tag itself.</summary>
    private static byte[] Element(int type, byte[] data)
    {
        byte[] tag = new byte[8];
        if (data.Length is > 0 and <= 4)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(tag, (ushort)type);
            BinaryPrimitives.WriteUInt16LittleEndian(tag.AsSpan(2), (ushort)data.Length);
            data.CopyTo(tag, 4);
            return tag;
        }
        BinaryPrimitives.WriteInt32LittleEndian(tag, type);
        BinaryPrimitives.WriteInt32LittleEndian(tag.AsSpan(4), data.Length);
        return [.. tag, .. data, .. new byte[(8 - data.Length % 8) % 8]];
    }

    private static byte[] Deflate(byte[] variable)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(variable);
        return [.. BitConverter.GetBytes(15), .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()];
    }
}
