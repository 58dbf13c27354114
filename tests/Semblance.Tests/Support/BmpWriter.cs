using System.Buffers.Binary;

namespace Semblance.Tests.Support;

/// <summary>Uncompressed BMP: 24 bits, bottom row first.</summary>
internal static class BmpWriter
{
    public static byte[] Write(int width, int height, Func<int, int, (byte R, byte G, byte B)> pixel)
    {
        int stride = (width * 3 + 3) / 4 * 4;
        byte[] file = new byte[54 + stride * height];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        {
            int at = 54 + (height - 1 - y) * stride + 3 * x;
            (file[at + 2], file[at + 1], file[at]) = pixel(x, y);
        }
        return file;
    }
}
