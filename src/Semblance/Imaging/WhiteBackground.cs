using System.Runtime.InteropServices;

namespace Semblance.Imaging;

/// <summary>
/// Puts transparent pictures on white, as browsers and viewers show them, rather than drop alpha and reveal whatever colour the invisible
/// pixels have.
/// </summary>
internal static class WhiteBackground
{
    /// <summary>Blends four-byte pixels, colour premultiplied by the alpha in the fourth byte, over white.</summary>
    public static void Blend(Span<byte> premultiplied)
    {
        foreach (ref uint pixel in MemoryMarshal.Cast<byte, uint>(premultiplied))
        {
            // Every colour is at most alpha, so adding 255 - alpha to each byte carries nothing over.
            uint white = 255 - (pixel >> 24);
            pixel = (pixel & 0xFFFFFF) + white * 0x010101 | 0xFF000000;
        }
    }
}
