using System.Buffers;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>Decodes a picture that is stored turned, some rows at a time, each straight to where it belongs upright: the stored picture is
/// never in memory beside the upright one.</summary>
internal static class UprightRows
{
    private const int Rows = 64;

    /// <summary>Decodes.</summary>
    /// <param name="codec">A codec that has decoded nothing yet.</param>
    /// <param name="target">What it decodes to: four bytes a pixel.</param>
    /// <param name="origin">How the picture is stored.</param>
    /// <returns>Null where the codec gives no rows from top to bottom, or they end early; as a whole the picture tells why.</returns>
    public static unsafe PixelBuffer? TryDecode(SKCodec codec, SKImageInfo target, SKEncodedOrigin origin)
    {
        if (codec.StartScanlineDecode(target) != SKCodecResult.Success || codec.ScanlineOrder != SKCodecScanlineOrder.TopDown)
            return null;
        PixelBuffer upright = new(target.BytesSize);
        try
        {
            using PixelBuffer band = new(Rows * target.RowBytes);
            using MemoryHandle pinned = band.Pin();
            for (int y = 0; y < target.Height; y += Rows)
            {
                int rows = Math.Min(Rows, target.Height - y);
                if (codec.GetScanlines((nint)pinned.Pointer, rows, target.RowBytes) < rows)
                {
                    upright.Dispose();
                    return null;
                }
                Span<byte> stored = band.GetSpan()[..(rows * target.RowBytes)];
                if (!target.IsOpaque)
                    WhiteBackground.Blend(stored);
                ExifOrientation.ApplyRows(stored, target.Width, target.Height, y, rows, origin, upright.GetSpan());
            }
            return upright;
        }
        catch
        {
            upright.Dispose();
            throw;
        }
    }
}
