using System.Buffers;
using Semblance.Imaging.Jpeg;
using SkiaSharp;

namespace Semblance.Imaging;

/// <summary>A compressed photograph: its header is read at once, its pixels when they are asked for.</summary>
internal sealed class EncodedImage : IImageSource
{
    private readonly string _name;
    private readonly SKImageInfo _info;
    private readonly SKEncodedOrigin _origin;
    private readonly EncodedBytes _bytes;
    private EncodedBytes? _completed;
    private bool _isInspected;

    private EncodedImage(EncodedBytes bytes, string name, SKImageInfo info, SKEncodedOrigin origin, bool isJpeg) =>
        (_bytes, _name, _info, _origin, DecodesReduced) = (bytes, name, info, origin, isJpeg);

    public int Width => ExifOrientation.SwapsAxes(_origin) ? _info.Height : _info.Width;

    public int Height => ExifOrientation.SwapsAxes(_origin) ? _info.Width : _info.Height;

    public bool DecodesReduced { get; }

    public string? Warning { get; private set; }

    public ReadOnlyMemory<byte> Encoded => _bytes.Memory;

    /// <summary>Reads the header. Takes ownership of the bytes, also when it throws.</summary>
    /// <exception cref="ImageFormatException">No photograph format, or a broken header.</exception>
    /// <exception cref="ImageTooLargeException">The header declares more pixels than the limit.</exception>
    /// <exception cref="NativeLibraryException">The program has no decoders.</exception>
    public static EncodedImage Open(EncodedBytes bytes, string name, ImageDecodingOptions options)
    {
        try
        {
            using MemoryHandle pinned = bytes.Memory.Pin();
            using SKCodec codec = OpenCodec(bytes.Memory, pinned, name, out string format);
            SKImageInfo info = codec.Info;
            if ((long)info.Width * info.Height > options.PixelLimit)
                throw new ImageTooLargeException(name, info.Width, info.Height, options.PixelLimit);
            SKEncodedOrigin origin = codec.EncodedOrigin;
            if (origin == SKEncodedOrigin.TopLeft)
                origin = EmbeddedOrientation.Find(bytes.Memory.Span, format);
            return new(bytes, name, info, origin, format == "JPEG");
        }
        catch (Exception e)
        {
            bytes.Dispose();
            if (NativeLibraryException.IsCause(e))
                throw NativeLibraryException.SkiaSharp(e);
            throw;
        }
    }

    public DecodedPixels Decode(int divisor)
    {
        if (!_isInspected)
            Inspect();
        using MemoryHandle pinned = Decodable.Pin();
        using SKCodec codec = OpenCodec(Decodable, pinned, _name, out string format);
        SKSizeI size = divisor == 1 ? _info.Size : codec.GetScaledDimensions(1f / divisor);
        SKImageInfo target = new(size.Width, size.Height, SKColorType.Rgba8888, _info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        bool isTurned = DecodesReduced && _origin != SKEncodedOrigin.TopLeft;
        if (isTurned && UprightRows.TryDecode(codec, target, _origin) is { } upright)
            return new(Describe(upright, size, divisor), upright);

        PixelBuffer pixels = new(target.BytesSize);
        try
        {
            // A codec that gave rows begins anew.
            using SKCodec? another = isTurned ? OpenCodec(Decodable, pinned, _name, out _) : null;
            RequireComplete(another ?? codec, target, pixels, format);
            if (!target.IsOpaque)
                WhiteBackground.Blend(pixels.GetSpan());
            if (_origin != SKEncodedOrigin.TopLeft)
                pixels = TurnUpright(pixels, size);
            return new(Describe(pixels, size, divisor), pixels);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _completed?.Dispose();
        _bytes.Dispose();
    }

    /// <summary>What the decoder is given: the file, with its end marker where that was missing.</summary>
    private ReadOnlyMemory<byte> Decodable => (_completed ?? _bytes).Memory;

    private static unsafe SKCodec OpenCodec(ReadOnlyMemory<byte> bytes, MemoryHandle pinned, string name, out string format)
    {
        format = EncodedFormat.Identify(bytes.Span) ?? throw new ImageFormatException(name, EncodedFormat.Describe(bytes.Span));
        using SKData data = SKData.Create((nint)pinned.Pointer, bytes.Length);
        SKCodec? codec = SKCodec.Create(data);
        return codec
            ?? throw new ImageFormatException(
                name,
                $"a {format} header, but what follows is broken or cut off ({bytes.Length} bytes in all)"
            );
    }

    /// <summary>Decoders of JPEG and WebP pass over what is missing or damaged without a word; PNG has checksums.</summary>
    private void Inspect()
    {
        if (DecodesReduced)
            InspectJpeg();
        else if (WebpInspection.FindZeros(_bytes.Memory.Span) is { } at)
            Warning = $"the WebP data has nothing but zeros from byte {at} on for a while: parts of the picture may be damaged";
        _isInspected = true;
    }

    private void InspectJpeg()
    {
        JpegCondition condition = JpegInspection.Of(_bytes.Memory.Span, (long)_info.Width * _info.Height);
        if (condition.Refusal is { } refusal)
            throw new ImageFormatException(_name, refusal);
        if (condition.LacksOnlyEnd)
            _completed = _bytes.With([0xFF, 0xD9]);
        Warning = condition.Damage;
    }

    private unsafe void RequireComplete(SKCodec codec, SKImageInfo target, PixelBuffer pixels, string format)
    {
        using MemoryHandle pinned = pixels.Pin();
        SKCodecResult result = codec.GetPixels(target, (nint)pinned.Pointer, target.RowBytes, SKCodecOptions.Default);
        if (result == SKCodecResult.Success)
            return;
        string found = result switch
        {
            SKCodecResult.IncompleteInput =>
                $"the {format} data ends before the picture is complete: after {CountRows(target, (nint)pinned.Pointer)} of "
                    + $"{target.Height} rows",
            SKCodecResult.ErrorInInput =>
                $"the {format} data is broken after {CountRows(target, (nint)pinned.Pointer)} of {target.Height} rows",
            _ => $"the {format} data cannot be decoded ({result})",
        };
        throw new ImageFormatException(_name, found);
    }

    /// <summary>Decodes again, row by row, to say how far the data goes.</summary>
    private int CountRows(SKImageInfo target, nint pixels)
    {
        using MemoryHandle pinned = Decodable.Pin();
        using SKCodec codec = OpenCodec(Decodable, pinned, _name, out _);
        if (codec.StartScanlineDecode(target) == SKCodecResult.Success)
            return codec.GetScanlines(pixels, target.Height, target.RowBytes);
        if (codec.StartIncrementalDecode(target, pixels, target.RowBytes) != SKCodecResult.Success)
            return 0;
        SKCodecResult result = codec.IncrementalDecode(out int rows);
        return result == SKCodecResult.Success ? target.Height : rows;
    }

    private PixelBuffer TurnUpright(PixelBuffer stored, SKSizeI size)
    {
        PixelBuffer upright = new(stored.GetSpan().Length);
        ExifOrientation.Apply(stored.GetSpan(), size.Width, size.Height, _origin, upright.GetSpan());
        stored.Dispose();
        return upright;
    }

    /// <summary>
    /// A JPEG reduced by d has ceil(size / d) pixels of exactly d full pixels each, the last of them incomplete; where the image is
    /// mirrored that one comes first.
    /// </summary>
    private ScaledPixels Describe(PixelBuffer pixels, SKSizeI stored, int divisor)
    {
        (int width, int height) = ExifOrientation.SwapsAxes(_origin) ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        return new(pixels.View(width, height, PixelFormat.Rgbx32), 1.0 / divisor, 1.0 / divisor)
        {
            OffsetX = ExifOrientation.MirrorsX(_origin) ? Width - width * divisor : 0,
            OffsetY = ExifOrientation.MirrorsY(_origin) ? Height - height * divisor : 0,
        };
    }
}
