using System.Numerics;
using Semblance.Geometry;
using Semblance.Training.Detectors.Losses;
using SkiaSharp;

namespace Semblance.Training.Detectors.Pictures;

/// <summary>One input of a detector: a square that pictures are drawn into.</summary>
internal sealed class Scene : IDisposable
{
    /// <summary>Mean of blue, green and red, which the official code takes away.</summary>
    private static readonly float[] Mean = [104, 117, 123];

    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;

    /// <param name="side">Side in pixels.</param>
    public Scene(int side)
    {
        Side = side;
        _bitmap = new(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        _canvas = new(_bitmap);
        _canvas.Clear(new SKColor((byte)Mean[2], (byte)Mean[1], (byte)Mean[0]));
    }

    /// <summary>Side in pixels.</summary>
    public int Side { get; }

    /// <summary>The faces in it that somebody drew.</summary>
    public List<LabelledFace> Faces { get; } = [];

    /// <summary>Draws a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="place">From its pixels to those of the scene.</param>
    /// <param name="colours">What happens to its colours; null for nothing.</param>
    /// <param name="window">Part of the scene that is drawn into; null for all of it.</param>
    public void Draw(SKImage image, Matrix3x2 place, SKColorFilter? colours, SKRect? window = null)
    {
        _canvas.Save();
        if (window is { } part)
            _canvas.ClipRect(part);
        _canvas.SetMatrix(new SKMatrix(place.M11, place.M21, place.M31, place.M12, place.M22, place.M32, 0, 0, 1));
        using SKPaint paint = new() { ColorFilter = colours };
        _canvas.DrawImage(image, SKRect.Create(image.Width, image.Height), Sampling, paint);
        _canvas.Restore();
    }

    /// <summary>Covers a part with one colour: an occlusion.</summary>
    public void Cover(SKRect part, SKColor colour)
    {
        using SKPaint paint = new() { Color = colour };
        _canvas.DrawRect(part, paint);
    }

    /// <summary>Blurs all of it.</summary>
    /// <param name="sigma">Standard deviation in pixels.</param>
    public void Blur(float sigma)
    {
        using SKImage copy = SKImage.FromBitmap(_bitmap);
        using SKImageFilter filter = SKImageFilter.CreateBlur(sigma, sigma, SKShaderTileMode.Clamp);
        using SKPaint paint = new() { ImageFilter = filter };
        _canvas.DrawImage(copy, 0, 0, SKSamplingOptions.Default, paint);
    }

    /// <summary>Compresses it as JPEG.</summary>
    /// <param name="quality">1 to 100.</param>
    public void Compress(int quality)
    {
        using SKData data = _bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        using SKBitmap decoded = SKBitmap.Decode(data, _bitmap.Info);
        using SKImage image = SKImage.FromBitmap(decoded);
        _canvas.DrawImage(image, 0, 0, SKSamplingOptions.Default);
    }

    /// <summary>Exchanges left and right.</summary>
    public void Mirror()
    {
        using SKImage copy = SKImage.FromBitmap(_bitmap);
        _canvas.Save();
        _canvas.SetMatrix(SKMatrix.CreateScale(-1, 1).PostConcat(SKMatrix.CreateTranslation(Side, 0)));
        _canvas.DrawImage(copy, 0, 0, SKSamplingOptions.Default);
        _canvas.Restore();
        for (int i = 0; i < Faces.Count; i++)
            Faces[i] = Mirrored(Faces[i]);
    }

    /// <summary>Writes it as the network's input: blue, green and red less their means.</summary>
    /// <param name="values">[side, side, 3]: channels last, as libtorch computes fastest on processors.</param>
    public void Write(Span<float> values)
    {
        ReadOnlySpan<byte> pixels = _bitmap.GetPixelSpan();
        for (int i = 0; i < Side * Side; i++)
        for (int channel = 0; channel < 3; channel++)
            values[3 * i + channel] = pixels[4 * i + 2 - channel] - Mean[channel];
    }

    /// <summary>The scene as PNG, to be looked at.</summary>
    public byte[] ToPng()
    {
        using SKData data = _bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _canvas.Dispose();
        _bitmap.Dispose();
    }

    /// <summary>Left and right exchanged: the left eye of the picture becomes the right one.</summary>
    private LabelledFace Mirrored(LabelledFace face)
    {
        Vector2 Across(Vector2 point) => point with { X = Side - point.X };
        return face with
        {
            Box = new FaceBox(Side - face.Box.X - face.Box.Width, face.Box.Y, face.Box.Width, face.Box.Height),
            Landmarks = face.Landmarks is [var left, var right, var nose, var mouthLeft, var mouthRight]
                ? [Across(right), Across(left), Across(nose), Across(mouthRight), Across(mouthLeft)]
                : null,
        };
    }
}
