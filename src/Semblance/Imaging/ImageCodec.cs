using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>Encoded bytes with their header read: knows the upright size and decodes at full or reduced scale.</summary>
internal sealed class ImageCodec : IDisposable
{
    /// <summary>JPEG's inverse transform can be cut short to k eighths of the size.</summary>
    public const int Eighths = 8;

    private readonly string _name;
    private readonly SKData _data;
    private readonly SKCodec _header;

    private ImageCodec(string name, SKData data, SKCodec header) => (_name, _data, _header) = (name, data, header);

    public int Width => ExifOrientation.SwapsSides(_header.EncodedOrigin) ? _header.Info.Height : _header.Info.Width;

    public int Height => ExifOrientation.SwapsSides(_header.EncodedOrigin) ? _header.Info.Width : _header.Info.Height;

    /// <summary>Whether <see cref="Decode"/> can take fewer than eight eighths.</summary>
    public bool CanReduce => _header.EncodedFormat == SKEncodedImageFormat.Jpeg;

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImageFormatException">Not an image, or of a format that is not supported.</exception>
    /// <exception cref="ImageTooLargeException">The header declares more pixels than the limit.</exception>
    public static ImageCodec Open(string name, SKData data, ImageDecodingOptions options)
    {
        SKCodec? codec = data.Size == 0 ? null : SKCodec.Create(data);
        if (codec is null) throw new ImageFormatException(name, ContentSniffer.Describe(data.AsSpan()));
        SKImageInfo info = codec.Info;
        if ((long)info.Width * info.Height > options.PixelLimit)
        {
            codec.Dispose();
            throw new ImageTooLargeException(name, info.Width, info.Height, options.PixelLimit);
        }
        if (codec.EncodedFormat is SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp
            or SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif) return new(name, data, codec);
        string format = codec.EncodedFormat.ToString().ToUpperInvariant();
        codec.Dispose();
        throw new ImageFormatException(name, $"a {format} image; JPEG, PNG, WebP, BMP and GIF can be read");
    }

    /// <summary>Decodes the first frame, upright.</summary>
    /// <param name="eighths">1 to 8; less than 8 only where <see cref="CanReduce"/>.</param>
    public NativePixels Decode(int eighths)
    {
        // A codec that was read once may refuse a second pass; opening it again costs microseconds.
        using SKCodec codec = SKCodec.Create(_data);
        SKSizeI size = eighths == Eighths ? codec.Info.Size : codec.GetScaledDimensions(eighths / (float)Eighths);
        bool opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        SKImageInfo wanted = new(size.Width, size.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        NativePixels pixels = new(size.Width, size.Height, PixelFormat.Rgbx32);
        try
        {
            ThrowIfFailed(codec.GetPixels(wanted, pixels.Address, pixels.Stride, new SKCodecOptions(SKZeroInitialized.No)));
            if (!opaque) PutOnWhite(pixels);
            return ExifOrientation.Apply(pixels, codec.EncodedOrigin);
        }
        catch
        {
            pixels.Free();
            throw;
        }
    }

    public void Dispose()
    {
        _header.Dispose();
        _data.Dispose();
    }

    private void ThrowIfFailed(SKCodecResult result)
    {
        string format = _header.EncodedFormat.ToString().ToUpperInvariant();
        string? problem = result switch
        {
            SKCodecResult.Success => null,
            SKCodecResult.IncompleteInput => $"a {format} image that ends before the picture is complete",
            SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput => $"a {format} image with damaged data",
            _ => $"a {format} image that cannot be decoded ({result})",
        };
        if (problem is not null) throw new ImageFormatException(_name, problem);
    }

    /// <summary>Premultiplied colours over white, as a viewer shows them.</summary>
    private static void PutOnWhite(NativePixels pixels)
    {
        Span<byte> bytes = pixels.GetSpan();
        for (int i = 0; i < bytes.Length; i += 4)
        {
            int rest = 255 - bytes[i + 3];
            if (rest == 0) continue;
            for (int c = 0; c < 3; c++) bytes[i + c] = (byte)Math.Min(255, bytes[i + c] + rest);
        }
    }
}
