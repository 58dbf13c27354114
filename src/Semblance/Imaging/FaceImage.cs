using System.Diagnostics;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>
/// An upright picture to look for faces in. From a file only the header is read; pixels are decoded when a stage asks for them, at the smallest
/// scale that does, and kept until the picture is disposed. Thread-safe.
/// </summary>
public sealed class FaceImage : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ImageCodec? _codec;
    private readonly List<(PixelView View, double Scale)> _levels = [];
    private readonly List<NativePixels> _owned = [];
    private readonly IDisposable? _keptAlive;
    private TimeSpan _decodingTime;
    private bool _disposed;

    private FaceImage(string name, ImageCodec codec) => (Name, Width, Height, _codec) = (name, codec.Width, codec.Height, codec);

    private FaceImage(string name, PixelView pixels, IDisposable? keptAlive)
    {
        pixels.Validate();
        (Name, Width, Height, _keptAlive) = (name, pixels.Width, pixels.Height, keptAlive);
        _levels.Add((pixels, 1));
    }

    /// <summary>File name, or what the caller named the picture.</summary>
    public string Name { get; }

    /// <summary>Width of the upright picture in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the upright picture in pixels.</summary>
    public int Height { get; }

    /// <summary>How long decoding and reducing have taken so far.</summary>
    public TimeSpan DecodingTime
    {
        get { lock (_lock) return _decodingTime; }
    }

    /// <summary>The upright picture at full size; decoded at the first call.</summary>
    /// <exception cref="ImageFormatException">The data are damaged or incomplete.</exception>
    public PixelView FullResolution => AtScale(1).Pixels;

    /// <summary>Opens a file: JPEG, PNG, WebP, BMP or GIF, told by its content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ImageFormatException">The file is missing, unreadable, or no image that can be read.</exception>
    /// <exception cref="ImageTooLargeException">More pixels than the limit.</exception>
    public static FaceImage FromFile(string path, ImageDecodingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return FromStream(stream, path, options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFormatException(path, "no such file", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ImageFormatException(path, Directory.Exists(path) ? "a folder, not an image" : $"cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <inheritdoc cref="FromFile"/>
    /// <param name="stream">Encoded bytes.</param>
    /// <param name="name">What to call the picture in results and messages.</param>
    /// <param name="options">Limits.</param>
    public static FaceImage FromStream(Stream stream, string name, ImageDecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FromData(SKData.Create(stream) ?? SKData.Empty, name, options);
    }

    /// <summary>Takes encoded bytes; they are copied.</summary>
    /// <inheritdoc cref="FromStream"/>
    public static FaceImage FromBytes(ReadOnlySpan<byte> bytes, string name, ImageDecodingOptions? options = null) =>
        FromData(SKData.CreateCopy(bytes), name, options);

    /// <summary>Takes pixels that somebody else owns, without a copy; they must stay alive and unchanged until this object is disposed.</summary>
    /// <param name="pixels">Upright pixels.</param>
    /// <param name="name">What to call the picture in results.</param>
    /// <exception cref="ArgumentException">The view claims more than its memory holds.</exception>
    public static FaceImage FromPixels(PixelView pixels, string name = "pixels") => new(name, pixels, keptAlive: null);

    /// <summary>Takes a SkiaSharp bitmap: 8888 and grey ones without a copy (keep them unchanged), others are converted.</summary>
    /// <param name="bitmap">Upright; alpha is ignored.</param>
    /// <param name="name">What to call the picture in results.</param>
    public static FaceImage FromBitmap(SKBitmap bitmap, string name = "bitmap")
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        PixelFormat? format = bitmap.ColorType switch
        {
            SKColorType.Rgba8888 or SKColorType.Rgb888x => PixelFormat.Rgbx32,
            SKColorType.Bgra8888 => PixelFormat.Bgrx32,
            SKColorType.Gray8 => PixelFormat.Gray8,
            _ => null,
        };
        if (format is null)
        {
            SKBitmap converted = bitmap.Copy(SKColorType.Rgba8888) ?? throw new ArgumentException($"{bitmap.ColorType} cannot be converted.", nameof(bitmap));
            return new(name, ViewOf(converted, PixelFormat.Rgbx32), converted);
        }
        return new(name, ViewOf(bitmap, format.Value), keptAlive: null);
    }

    /// <summary>
    /// The upright picture at a scale of at least <paramref name="minimum"/>, as cheaply as it can be had: JPEG is decoded at k/8 of its size, what is
    /// decoded already is halved.
    /// </summary>
    /// <param name="minimum">Above 0, at most 1.</param>
    public ScaledPixels AtScale(double minimum)
    {
        if (!(minimum > 0 && minimum <= 1)) throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "A scale above 0 and at most 1 is needed.");
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            long start = Stopwatch.GetTimestamp();
            if (!_levels.Exists(level => level.Scale >= minimum)) DecodeAt(minimum);
            (PixelView view, double scale) = _levels.Where(level => level.Scale >= minimum).MinBy(level => level.Scale);
            for (; scale / 2 >= minimum && Math.Min(view.Width, view.Height) >= 2; scale /= 2)
            {
                NativePixels half = PixelHalving.Halve(view);
                _owned.Add(half);
                view = half.View;
                _levels.Add((view, scale / 2));
            }
            _decodingTime += Stopwatch.GetElapsedTime(start);
            return new(view, scale, scale);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            _owned.ForEach(pixels => pixels.Free());
            _codec?.Dispose();
            _keptAlive?.Dispose();
        }
    }

    private static FaceImage FromData(SKData data, string name, ImageDecodingOptions? options)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return new(name, ImageCodec.Open(name, data, options ?? new()));
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    private static PixelView ViewOf(SKBitmap bitmap, PixelFormat format) =>
        new(new BitmapMemory(bitmap).Memory, bitmap.Width, bitmap.Height, bitmap.RowBytes, format);

    private void DecodeAt(double minimum)
    {
        int eighths = _codec!.CanReduce ? Math.Clamp((int)Math.Ceiling(minimum * ImageCodec.Eighths), 1, ImageCodec.Eighths) : ImageCodec.Eighths;
        NativePixels pixels = _codec.Decode(eighths);
        _owned.Add(pixels);
        _levels.Add((pixels.View, eighths / (double)ImageCodec.Eighths));
    }
}
