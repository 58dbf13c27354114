namespace Semblance.Imaging;

/// <summary>Pixels that somebody else made; nothing is copied.</summary>
internal sealed class LentPixels(PixelView pixels, IDisposable? keeper = null) : IImageSource
{
    public int Width => pixels.Width;

    public int Height => pixels.Height;

    public bool DecodesReduced => false;

    public DecodedPixels Decode(int divisor) => new(new(pixels, 1, 1), null);

    public void Dispose() => keeper?.Dispose();
}
