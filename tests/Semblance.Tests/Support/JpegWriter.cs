namespace Semblance.Tests.Support;

/// <summary>
/// Baseline JPEG files of one flat colour with any number of components, which SkiaSharp does not write: one 8 x 8 block a component,
/// of which only the mean is coded (ITU T.81, annexes B and F).
/// </summary>
internal static class JpegWriter
{
    /// <summary>An 8 x 8 image.</summary>
    /// <param name="components">The stored value of each component: grey; Y, Cb, Cr; or cyan, magenta, yellow, black.</param>
    /// <param name="adobeTransform">Adobe's marker: 0 none (CMYK), 2 YCCK; null leaves the marker out.</param>
    public static byte[] Flat(byte[] components, byte? adobeTransform = null)
    {
        List<byte> file = [0xFF, 0xD8];
        if (adobeTransform is { } transform)
            file.AddRange([0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);
        file.AddRange([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)]);
        file.AddRange([0xFF, 0xC0, 0, (byte)(8 + 3 * components.Length), 8, 0, 8, 0, 8, (byte)components.Length]);
        for (int i = 0; i < components.Length; i++)
            file.AddRange([(byte)(i + 1), 0x11, 0]);
        // Twelve DC categories with four bits each, and one AC symbol, end of block, with one bit.
        file.AddRange([0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(i => (byte)i)]);
        file.AddRange([0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0]);
        file.AddRange([0xFF, 0xDA, 0, (byte)(6 + 2 * components.Length), (byte)components.Length]);
        for (int i = 0; i < components.Length; i++)
            file.AddRange([(byte)(i + 1), 0x00]);
        file.AddRange([0, 63, 0]);
        file.AddRange(Entropy(components));
        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    private static IEnumerable<byte> Entropy(byte[] components)
    {
        string bits = "";
        foreach (byte value in components)
        {
            int dc = (value - 128) * 8,
                size = dc == 0 ? 0 : (int)Math.Log2(Math.Abs(dc)) + 1;
            bits += Convert.ToString(size, 2).PadLeft(4, '0');
            if (size > 0)
                bits += Convert.ToString(dc > 0 ? dc : dc + (1 << size) - 1, 2).PadLeft(size, '0');
            bits += "0";
        }
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        for (int i = 0; i < bits.Length; i += 8)
        {
            byte b = Convert.ToByte(bits.Substring(i, 8), 2);
            yield return b;
            if (b == 0xFF)
                yield return 0;
        }
    }
}
