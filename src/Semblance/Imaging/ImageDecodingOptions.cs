namespace Semblance.Imaging;

/// <summary>Limits on what is decoded. They are checked before any pixel is decoded.</summary>
public sealed record ImageDecodingOptions
{
    /// <summary>The default of <see cref="PixelLimit"/>: 100 million pixels (400 MB decoded).</summary>
    public const long DefaultPixelLimit = 100_000_000;

    /// <summary>The default of <see cref="ByteLimit"/>: 256 MiB of compressed data.</summary>
    public const long DefaultByteLimit = 256L << 20;

    /// <summary>The largest <see cref="PixelLimit"/> that memory blocks of 2 GiB allow at four bytes a pixel.</summary>
    public const long LargestPixelLimit = int.MaxValue / 4;

    private readonly long _pixelLimit = DefaultPixelLimit;
    private readonly long _byteLimit = DefaultByteLimit;

    /// <summary>The default limits.</summary>
    public static ImageDecodingOptions Default { get; } = new();

    /// <summary>An image whose header declares more pixels (width times height) is refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and <see cref="LargestPixelLimit"/>.</exception>
    public long PixelLimit
    {
        get => _pixelLimit;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestPixelLimit);
            _pixelLimit = value;
        }
    }

    /// <summary>Readers of further formats, asked in this order for pictures that the library does not read itself; none by
    /// default.</summary>
    public IReadOnlyList<IImageDecoder> Decoders { get; init; } = [];

    /// <summary>A file or stream with more bytes is refused, without reading more than that.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and 2^31 - 1.</exception>
    public long ByteLimit
    {
        get => _byteLimit;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, int.MaxValue);
            _byteLimit = value;
        }
    }
}
