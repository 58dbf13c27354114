namespace Semblance.Tests.Support;

/// <summary>GIF frames of indices 0 to 3 without compression: a clear code before every second pixel keeps LZW codes at three
/// bits.</summary>
internal static class GifWriter
{
    public static byte[] Write(int width, int height, byte[] palette, params byte[][] frames)
    {
        List<byte> file = [.. "GIF89a"u8, (byte)width, 0, (byte)height, 0, 0x81, 0, 0, .. palette];
        foreach (byte[] frame in frames)
        {
            file.AddRange([0x21, 0xF9, 4, 0, 10, 0, 0, 0]);
            file.AddRange([0x2C, 0, 0, 0, 0, (byte)width, 0, (byte)height, 0, 0, 2]);
            byte[] data = Codes(frame);
            for (int i = 0; i < data.Length; i += 255)
                file.AddRange([(byte)Math.Min(255, data.Length - i), .. data.AsSpan(i, Math.Min(255, data.Length - i))]);
            file.Add(0);
        }
        file.Add(0x3B);
        return [.. file];
    }

    private static byte[] Codes(byte[] indices)
    {
        const int Clear = 4,
            End = 5;
        List<int> codes = [];
        for (int i = 0; i < indices.Length; i++)
        {
            if (i % 2 == 0)
                codes.Add(Clear);
            codes.Add(indices[i]);
        }
        codes.Add(End);
        byte[] bytes = new byte[(codes.Count * 3 + 7) / 8];
        for (int i = 0; i < codes.Count * 3; i++)
            if ((codes[i / 3] >> (i % 3) & 1) != 0)
                bytes[i / 8] |= (byte)(1 << (i % 8));
        return bytes;
    }
}
