using SkiaSharp;

namespace Semblance.Hiding;

/// <summary>A copy of a picture with faces hidden; pixels alone, without metadata, thumbnails or colour profile of the original.</summary>
/// <param name="pixels">The copy; disposed of with this.</param>
public sealed class HiddenPicture(SKBitmap pixels) : IDisposable
{
    /// <summary>Faces that were hidden.</summary>
    public required int Hidden { get; init; }

    /// <summary>Faces that were left as they are.</summary>
    public required int Kept { get; init; }

    /// <summary>Hidden faces that got a box because the check still recognised them, or took them for faces however few colours were
    /// left.</summary>
    public required int Boxed { get; init; }

    /// <summary>The copy.</summary>
    public SKBitmap Pixels => pixels;

    /// <summary>Writes the copy.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="format">JPEG, PNG or WebP.</param>
    /// <param name="quality">1 to 100; PNG loses nothing anyway.</param>
    public void Encode(Stream stream, SKEncodedImageFormat format, int quality)
    {
        using SKData data = pixels.Encode(format, quality);
        data.SaveTo(stream);
    }

    /// <inheritdoc/>
    public void Dispose() => pixels.Dispose();
}
