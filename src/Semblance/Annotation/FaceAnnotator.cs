using System.Numerics;
using System.Runtime.InteropServices;
using Semblance.Detection;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Draws what was found into a copy of a picture: boxes, landmarks, labels. Thread-safe.</summary>
public static class FaceAnnotator
{
    private const int JpegQuality = 92;
    private const float LinePerSide = 1f / 320;
    private const float LabelPerSide = 1f / 40;

    /// <summary>Lengths of a dash and of the gap behind it, in widths of the line.</summary>
    private const float Dash = 5,
        DashGap = 3.5f;

    private static readonly SKColor Accent = new(0x22, 0xD3, 0xA6);
    private static readonly SKColor Amber = new(0xFF, 0xB0, 0x20);
    private static readonly SKColor Ink = new(0x0B, 0x1F, 0x1A);
    private static readonly SKColor Halo = new(0, 0, 0, 0x90);

    /// <summary>Draws and saves; the format follows the extension: .png, .jpg, .jpeg or .webp.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="faces">Faces, what stands above each box, and how it looks.</param>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <exception cref="ArgumentException">The extension is none of those.</exception>
    public static void Save(FaceImage image, IReadOnlyList<FaceMark> faces, string path)
    {
        SKEncodedImageFormat format = FormatOf(path);
        using SKImage drawn = Draw(image, faces);
        using SKData data = drawn.Encode(format, JpegQuality);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using FileStream file = File.Create(path);
        data.SaveTo(file);
    }

    /// <summary>The format that an extension stands for.</summary>
    /// <exception cref="ArgumentException">None that can be written.</exception>
    public static SKEncodedImageFormat FormatOf(string path) =>
        Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => SKEncodedImageFormat.Png,
            ".jpg" or ".jpeg" => SKEncodedImageFormat.Jpeg,
            ".webp" => SKEncodedImageFormat.Webp,
            string other => throw new ArgumentException($"{path}: '{other}' cannot be written; use .png, .jpg or .webp", nameof(path)),
        };

    /// <summary>Draws into a copy.</summary>
    /// <inheritdoc cref="Save"/>
    public static SKImage Draw(FaceImage image, IReadOnlyList<FaceMark> faces)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        using SKBitmap bitmap = Copy(image.FullResolution);
        using SKCanvas canvas = new(bitmap);
        // (0, 0) is the centre of the first pixel, Skia counts from its corner.
        canvas.Translate(0.5f, 0.5f);
        float side = MathF.Max(bitmap.Width, bitmap.Height);
        float line = MathF.Max(1.5f, side * LinePerSide);
        foreach (FaceMark mark in faces)
            DrawFace(canvas, mark, line);
        foreach (FaceMark mark in faces)
            if (mark.Label.Length > 0)
                DrawLabel(canvas, mark, MathF.Max(11, side * LabelPerSide), line, bitmap);
        canvas.Flush();
        return SKImage.FromBitmap(bitmap);
    }

    private static SKColor ColorOf(MarkStyle style) => style == MarkStyle.Stranger ? Amber : Accent;

    private static void DrawFace(SKCanvas canvas, FaceMark mark, float line)
    {
        DetectedFace face = mark.Face;
        // Small faces get thinner lines and smaller dots, so that the face stays visible.
        float width = MathF.Min(line, MathF.Max(1, face.Box.Width / 40)),
            radius = MathF.Max(1, MathF.Min(1.4f * line, face.Box.Width / 40));
        SKRect box = new(face.Box.X, face.Box.Y, face.Box.Right, face.Box.Bottom);
        float corner = 3 * width;
        using SKPathEffect? dashes = mark.Style == MarkStyle.Stranger ? SKPathEffect.CreateDash([Dash * width, DashGap * width], 0) : null;
        using SKPaint halo = new()
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width + 2,
            Color = Halo,
            IsAntialias = true,
            PathEffect = dashes,
        };
        using SKPaint stroke = new()
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
            Color = ColorOf(mark.Style),
            IsAntialias = true,
            PathEffect = dashes,
        };
        canvas.DrawRoundRect(box, corner, corner, halo);
        canvas.DrawRoundRect(box, corner, corner, stroke);
        if (face.LandmarksSource == LandmarksSource.None)
            return;
        float small = MathF.Max(0.7f, radius / 2);
        using SKPaint dot = new() { Color = ColorOf(mark.Style), IsAntialias = true };
        using SKPaint ring = new() { Color = Halo, IsAntialias = true };
        foreach (Vector2 point in face.Landmarks.ToArray())
        {
            canvas.DrawCircle(point.X, point.Y, radius + 1, ring);
            canvas.DrawCircle(point.X, point.Y, radius, dot);
        }
        foreach (Vector2 point in face.Keypoints)
            canvas.DrawCircle(point.X, point.Y, small, dot);
    }

    private static void DrawLabel(SKCanvas canvas, FaceMark mark, float wanted, float line, SKBitmap bitmap)
    {
        FaceBox box = mark.Face.Box;
        float size = Math.Clamp(box.Width / 5, 9, wanted);
        using SKFont font = new(AnnotationFont.Typeface, size) { Subpixel = true, Edging = SKFontEdging.Antialias };
        float width = font.MeasureText(mark.Label),
            padding = size * 0.4f,
            height = size * 1.45f;
        float left = Math.Clamp(box.X - line / 2, 0, Math.Max(0, bitmap.Width - width - 2 * padding));
        // Above the box; inside it where the picture ends.
        float top = box.Y - height - line >= 0 ? box.Y - height - line : Math.Clamp(box.Y + line, 0, Math.Max(0, bitmap.Height - height));
        using SKPaint plate = new() { Color = ColorOf(mark.Style), IsAntialias = true };
        using SKPaint ink = new() { Color = Ink, IsAntialias = true };
        canvas.DrawRoundRect(new SKRect(left, top, left + width + 2 * padding, top + height), size * 0.25f, size * 0.25f, plate);
        canvas.DrawText(
            mark.Label,
            left + padding,
            top + height * 0.5f - (font.Metrics.Ascent + font.Metrics.Descent) / 2,
            SKTextAlign.Left,
            font,
            ink
        );
    }

    private static SKBitmap Copy(PixelView pixels)
    {
        SKBitmap bitmap = new(new SKImageInfo(pixels.Width, pixels.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        (int red, int green, int blue) = pixels.ChannelOffsets;
        int step = pixels.BytesPerPixel;
        for (int y = 0; y < pixels.Height; y++)
        {
            ReadOnlySpan<byte> row = pixels.Row(y);
            Span<uint> target = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, 4 * pixels.Width));
            for (int x = 0; x < target.Length; x++)
                target[x] = row[x * step + red] | (uint)row[x * step + green] << 8 | (uint)row[x * step + blue] << 16 | 0xFF000000;
        }
        return bitmap;
    }
}
