using System.Diagnostics;
using System.Security.Cryptography;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>
/// An upright image to look for faces in: a JPEG, PNG, WebP, BMP or GIF (its first frame), what
/// <see cref="ImageDecodingOptions.Decoders"/> read, a bitmap, or pixels in memory.
/// </summary>
/// <remarks>
/// <para>Only the header is read when the image is made. Pixels are decoded when first asked for, kept, and given back to a pool by
/// <see cref="Dispose"/>; the views are gone then. The EXIF orientation is applied. Transparent pictures are put on white. Embedded colour
/// profiles are not applied, as in the reference implementations of the field.</para>
/// <para>Thread-safe, except that it must not be disposed of while another thread still uses its pixels.</para>
/// </remarks>
public sealed class FaceImage : IDisposable
{
    private const int LargestDivisor = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, DecodedPixels> _decoded = [];
    private readonly IImageSource _source;
    private TimeSpan _decodingTime;
    private bool _disposed;

    private FaceImage(IImageSource source, string name) => (_source, Name) = (source, name);

    /// <summary>The file, or what the caller named the image; for messages.</summary>
    public string Name { get; }

    /// <summary>Width of the upright image in pixels; known without decoding.</summary>
    public int Width => _source.Width;

    /// <summary>Height of the upright image in pixels; known without decoding.</summary>
    public int Height => _source.Height;

    /// <summary>How long decoding and reducing have taken so far.</summary>
    public TimeSpan DecodingTime
    {
        get
        {
            lock (_gate)
                return _decodingTime;
        }
    }

    /// <summary>What is wrong with the picture although its pixels are here: parts of it are damaged. Known once it has been
    /// decoded.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_gate)
                return _source.Warning is { } warning ? [warning] : [];
        }
    }

    /// <summary>All pixels, upright; decoded on first use and kept until <see cref="Dispose"/>.</summary>
    /// <exception cref="ImageFormatException">The data is broken or incomplete.</exception>
    /// <exception cref="ObjectDisposedException">The image has been disposed of.</exception>
    public PixelView FullResolution => AtDivisor(1).Pixels;

    /// <summary>Reads a file and its image header.</summary>
    /// <param name="path">The file; its content decides about the format, not its extension.</param>
    /// <param name="options">Limits; null for the default ones.</param>
    /// <exception cref="ImageAccessException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="ImageFormatException">It is no image of a known format, or has too many bytes.</exception>
    /// <exception cref="ImageTooLargeException">The header declares more pixels than the limit.</exception>
    public static FaceImage FromFile(string path, ImageDecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FromFile(path, path, options ?? ImageDecodingOptions.Default);
    }

    /// <summary>Reads a file that messages call something else.</summary>
    internal static FaceImage FromFile(string path, string name, ImageDecodingOptions options) =>
        new(CompressedSources.Open(EncodedBytes.FromFile(path, name, options), name, options), name);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">Compressed image; not disposed of.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">Limits; null for the default ones.</param>
    /// <exception cref="ImageFormatException">It is no image of a known format, or has too many bytes.</exception>
    /// <exception cref="ImageTooLargeException">The header declares more pixels than the limit.</exception>
    public static FaceImage FromStream(Stream stream, string name, ImageDecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        options ??= ImageDecodingOptions.Default;
        return new(CompressedSources.Open(EncodedBytes.FromStream(stream, name, options), name, options), name);
    }

    /// <summary>Reads a stream to its end without blocking a thread.</summary>
    /// <inheritdoc cref="FromStream"/>
    /// <param name="stream">Compressed image; not disposed of.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">Limits; null for the default ones.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<FaceImage> FromStreamAsync(
        Stream stream,
        string name,
        ImageDecodingOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        options ??= ImageDecodingOptions.Default;
        EncodedBytes bytes = await EncodedBytes.FromStreamAsync(stream, name, options, cancellationToken).ConfigureAwait(false);
        return new(CompressedSources.Open(bytes, name, options), name);
    }

    /// <summary>Takes a compressed image from memory without copying it.</summary>
    /// <param name="bytes">Must stay unchanged as long as the image is in use.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">Limits; null for the default ones.</param>
    /// <exception cref="ImageFormatException">It is no image of a known format, or has too many bytes.</exception>
    /// <exception cref="ImageTooLargeException">The header declares more pixels than the limit.</exception>
    public static FaceImage FromBytes(ReadOnlyMemory<byte> bytes, string name, ImageDecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= ImageDecodingOptions.Default;
        return new(CompressedSources.Open(EncodedBytes.From(bytes, name, options), name, options), name);
    }

    /// <summary>
    /// Takes a bitmap; 32-bit RGB or BGR and 8-bit grey ones without copying, others by a copy in RGB. A fourth byte (alpha) is ignored.
    /// </summary>
    /// <param name="bitmap">Must stay alive and unchanged as long as the image is in use; not disposed of.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ImageFormatException">The bitmap is empty or cannot be converted.</exception>
    public static FaceImage FromBitmap(SKBitmap bitmap, string name = "bitmap")
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        ArgumentNullException.ThrowIfNull(name);
        return new(BitmapPixels.Lend(bitmap, name), name);
    }

    /// <summary>Takes pixels of anybody: a camera frame, another library's image. Nothing is copied.</summary>
    /// <param name="pixels">Upright; must stay alive and unchanged as long as the image is in use.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArgumentException">The memory does not hold what the view claims.</exception>
    public static FaceImage FromPixels(PixelView pixels, string name = "pixels")
    {
        ArgumentNullException.ThrowIfNull(name);
        pixels.Validate();
        return new(new LentPixels(pixels), name);
    }

    /// <summary>Takes pixels and what frees them.</summary>
    /// <param name="pixels">Upright.</param>
    /// <param name="owner">Disposed of with the image.</param>
    /// <param name="name">What messages call it.</param>
    internal static FaceImage Owning(PixelView pixels, IDisposable owner, string name) => new(new LentPixels(pixels, owner), name);

    /// <summary>
    /// The image at the smallest of the scales 1, 1/2, 1/4 and 1/8 that is at least <paramref name="minimumScale"/>. A JPEG is decoded at
    /// that scale straight away, without its full resolution; others are averaged down. The result depends on nothing but the image and the
    /// scale, and is kept until <see cref="Dispose"/>.
    /// </summary>
    /// <param name="minimumScale">Above 0; 1 and more mean the full image.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not above 0.</exception>
    /// <exception cref="ImageFormatException">The data is broken or incomplete.</exception>
    /// <exception cref="ObjectDisposedException">The image has been disposed of.</exception>
    public ScaledPixels AtScale(double minimumScale)
    {
        if (!(minimumScale > 0))
            throw new ArgumentOutOfRangeException(nameof(minimumScale), minimumScale, "A scale is above 0.");
        int divisor = 1;
        while (divisor < LargestDivisor && 0.5 / divisor >= minimumScale)
            divisor *= 2;
        return AtDivisor(divisor);
    }

    /// <summary>The image at the smallest scale that is at least <paramref name="minimumScale"/> and needs no decoding any more; where
    /// there is none, what <see cref="AtScale"/> gives.</summary>
    internal ScaledPixels AtHand(double minimumScale)
    {
        lock (_gate)
        {
            foreach (int divisor in _decoded.Keys.OrderDescending())
                if (1.0 / divisor >= minimumScale)
                    return AtDivisor(divisor);
        }
        return AtScale(minimumScale);
    }

    /// <summary>SHA-256 of the compressed data as lower-case hexadecimal digits; null for pixels that came without any.</summary>
    /// <exception cref="ObjectDisposedException">The image has been disposed of.</exception>
    public string? HashSource()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            ReadOnlyMemory<byte> encoded = _source.Encoded;
            return encoded.IsEmpty ? null : Convert.ToHexStringLower(SHA256.HashData(encoded.Span));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            foreach (DecodedPixels pixels in _decoded.Values)
                pixels.Owner?.Dispose();
            _decoded.Clear();
            _source.Dispose();
        }
    }

    private ScaledPixels AtDivisor(int divisor)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            long start = Stopwatch.GetTimestamp();
            ScaledPixels scaled = Get(divisor);
            _decodingTime += Stopwatch.GetElapsedTime(start);
            return scaled;
        }
    }

    private ScaledPixels Get(int divisor)
    {
        if (_decoded.TryGetValue(divisor, out DecodedPixels pixels))
            return pixels.Scaled;
        pixels = divisor == 1 || _source.DecodesReduced ? _source.Decode(divisor) : Reduce(divisor);
        _decoded.Add(divisor, pixels);
        return pixels.Scaled;
    }

    private DecodedPixels Reduce(int divisor)
    {
        PixelView full = Get(1).Pixels;
        (PixelView reduced, PixelBuffer owner) = BoxReduction.Reduce(full, 0, 0, full.Width, full.Height, divisor);
        return new(new(reduced, 1.0 / divisor, 1.0 / divisor), owner);
    }
}
