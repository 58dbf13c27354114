using System.Text.RegularExpressions;
using ImageMagick;

namespace Semblance.Imaging.Magick;

/// <summary>
/// Reads HEIC and HEIF (phones), AVIF, and TIFF (scanners) through ImageMagick, which is told the format and nothing else: no other
/// decoder of its many is ever asked. Thread-safe.
/// </summary>
/// <remarks>
/// Embedded colour profiles, such as the Display P3 of phones, are turned into sRGB. Ten and more bits a channel become eight. EXIF
/// orientation is applied, or the turning that a HEIF or AVIF file asks for itself. The first page or picture of several is read.
/// </remarks>
public sealed partial class MagickDecoder : IImageDecoder
{
    /// <summary>The decoder; there is nothing to configure.</summary>
    public static MagickDecoder Instance { get; } = new();

    private MagickDecoder() { }

    /// <inheritdoc/>
    public string? Identify(ReadOnlySpan<byte> bytes) =>
        FormatOf(bytes) switch
        {
            MagickFormat.Heic => "HEIF",
            MagickFormat.Avif => "AVIF",
            MagickFormat.Tiff => "TIFF",
            _ => null,
        };

    /// <inheritdoc/>
    public (int Width, int Height) ReadSize(ReadOnlyMemory<byte> bytes)
    {
        using MagickImage image = Read(bytes, static (image, data, settings) => image.Ping(data, settings));
        bool turned =
            TurnsByExif(bytes.Span)
            && image.Orientation is Orientation.LeftTop or Orientation.RightTop or Orientation.RightBottom or Orientation.LeftBottom;
        return turned ? ((int)image.Height, (int)image.Width) : ((int)image.Width, (int)image.Height);
    }

    /// <inheritdoc/>
    public void Decode(ReadOnlyMemory<byte> bytes, Span<byte> pixels)
    {
        using MagickImage image = Read(bytes, static (image, data, settings) => image.Read(data, settings));
        try
        {
            if (TurnsByExif(bytes.Span))
                image.AutoOrient();
            ToSrgb(image);
            if (image.HasAlpha)
            {
                image.BackgroundColor = MagickColors.White;
                image.Alpha(AlphaAction.Remove);
            }
            using IPixelCollection<byte> all = image.GetPixels();
            byte[] values = all.ToByteArray(PixelMapping.RGBA) ?? throw new InvalidDataException("it has no pixels");
            if (values.Length != pixels.Length)
                throw new InvalidDataException($"it has {values.Length / 4} pixels, its header says {pixels.Length / 4}");
            values.CopyTo(pixels);
        }
        catch (MagickException e)
        {
            throw Broken(e);
        }
    }

    /// <inheritdoc/>
    public string? FindDamage(ReadOnlyMemory<byte> bytes) =>
        FormatOf(bytes.Span) is MagickFormat.Heic or MagickFormat.Avif && HeifInspection.FindZeros(bytes.Span) is { } at
            ? $"the picture has nothing but zeros from byte {at} on for a while: parts of it may be damaged"
            : null;

    private static MagickFormat? FormatOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8))
            return MagickFormat.Tiff;
        if (bytes.Length < 12 || !bytes[4..].StartsWith("ftyp"u8))
            return null;
        ReadOnlySpan<byte> brand = bytes.Slice(8, 4);
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            return MagickFormat.Avif;
        if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8))
            return MagickFormat.Heic;
        // A brand of both: what stands among the compatible ones decides.
        return brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8)
            ? (bytes[..Math.Min(bytes.Length, 64)].IndexOf("avif"u8) > 0 ? MagickFormat.Avif : MagickFormat.Heic)
            : null;
    }

    /// <summary>HEIF and AVIF say how they are turned in a property that the reader applies; their EXIF repeats it and must not turn them
    /// again.</summary>
    private static bool TurnsByExif(ReadOnlySpan<byte> bytes) => FormatOf(bytes) == MagickFormat.Tiff;

    private static void ToSrgb(MagickImage image)
    {
        if (image.GetColorProfile() is { } profile && image.ColorSpace != ColorSpace.Gray)
            image.TransformColorSpace(profile, ColorProfiles.SRGB);
        else if (image.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray))
            image.ColorSpace = ColorSpace.sRGB;
    }

    private static MagickImage Read(ReadOnlyMemory<byte> bytes, Action<MagickImage, byte[], MagickReadSettings> read)
    {
        MagickFormat format = FormatOf(bytes.Span) ?? throw new InvalidDataException("it is no HEIF, AVIF or TIFF file");
        MagickImage image = new();
        try
        {
            read(
                image,
                bytes.ToArray(),
                new MagickReadSettings
                {
                    Format = format,
                    FrameIndex = 0,
                    FrameCount = 1,
                }
            );
            return image;
        }
        catch (MagickException e)
        {
            image.Dispose();
            throw Broken(e);
        }
    }

    /// <summary>In ImageMagick's words, without the file that it made for itself and the place in its source.</summary>
    private static InvalidDataException Broken(MagickException e) => new(Places().Replace(Files().Replace(e.Message, ""), "").Trim(), e);

    [GeneratedRegex("\\s*[`'\"][^`'\"]*[/\\\\][^'\"]*['\"]")]
    private static partial Regex Files();

    [GeneratedRegex(" @ \\w+/.*$", RegexOptions.Singleline)]
    private static partial Regex Places();
}
