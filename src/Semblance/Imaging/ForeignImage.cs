namespace Semblance.Imaging;

/// <summary>A compressed picture that a decoder of the caller reads.</summary>
internal sealed class ForeignImage : IImageSource
{
    private readonly EncodedBytes _bytes;
    private readonly string _name;
    private readonly string _format;
    private readonly IImageDecoder _decoder;

    private ForeignImage(EncodedBytes bytes, string name, string format, IImageDecoder decoder, (int Width, int Height) size)
    {
        (_bytes, _name, _format, _decoder) = (bytes, name, format, decoder);
        (Width, Height) = size;
    }

    public int Width { get; }

    public int Height { get; }

    public bool DecodesReduced => false;

    public string? Warning { get; private set; }

    public ReadOnlyMemory<byte> Encoded => _bytes.Memory;

    /// <summary>The decoder for some bytes and the format's name; null where none reads them.</summary>
    public static (IImageDecoder Decoder, string Format)? DecoderFor(ReadOnlySpan<byte> bytes, ImageDecodingOptions options)
    {
        foreach (IImageDecoder decoder in options.Decoders)
            if (decoder.Identify(bytes) is { } format)
                return (decoder, format);
        return null;
    }

    /// <summary>Reads the header. Takes ownership of the bytes, also when it throws.</summary>
    /// <exception cref="ImageFormatException">A broken header.</exception>
    /// <exception cref="ImageTooLargeException">The header declares more pixels than the limit.</exception>
    public static ForeignImage Open(
        EncodedBytes bytes,
        string name,
        (IImageDecoder Decoder, string Format) reader,
        ImageDecodingOptions options
    )
    {
        try
        {
            (int width, int height) = reader.Decoder.ReadSize(bytes.Memory);
            if (width <= 0 || height <= 0)
                throw new InvalidDataException($"it says that it is {width} x {height} pixels large");
            if ((long)width * height > options.PixelLimit)
                throw new ImageTooLargeException(name, width, height, options.PixelLimit);
            return new(bytes, name, reader.Format, reader.Decoder, (width, height));
        }
        catch (InvalidDataException e)
        {
            bytes.Dispose();
            throw new ImageFormatException(name, $"the {reader.Format} header cannot be read: {e.Message}", e);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    public DecodedPixels Decode(int divisor)
    {
        PixelBuffer pixels = new(4 * Width * Height);
        try
        {
            _decoder.Decode(_bytes.Memory, pixels.GetSpan());
            Warning = _decoder.FindDamage(_bytes.Memory);
            return new(new(pixels.View(Width, Height, PixelFormat.Rgbx32), 1, 1), pixels);
        }
        catch (InvalidDataException e)
        {
            pixels.Dispose();
            throw new ImageFormatException(_name, $"the {_format} data cannot be decoded: {e.Message}", e);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    public void Dispose() => _bytes.Dispose();
}
