using System.Runtime.InteropServices;
using Semblance.Files;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Draws what was found into a copy of a picture: boxes, landmarks, labels. Thread-safe.</summary>
public static class FaceAnnotator
{
    private const int JpegQuality = 92;

    /// <summary>Draws and saves; the format follows the extension: .png, .jpg, .jpeg or .webp.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="faces">Faces, what stands beside each box, and how it looks.</param>
    /// <param name="path">The file, written whole or not at all; its folder is made when missing.</param>
    /// <exception cref="ArgumentException">The extension is none of those.</exception>
    /// <exception cref="FileWriteException">The file cannot be written.</exception>
    public static void Save(FaceImage image, IReadOnlyList<FaceMark> faces, string path)
    {
        SKEncodedImageFormat format = FormatOf(path);
        using SKImage drawn = Draw(image, faces);
        using SKData data = drawn.Encode(format, JpegQuality);
        AtomicFile.Write(path, data.SaveTo);
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

    /// <summary>Draws into a copy. Where the labels would cover each other or a face, every face has a number and a legend stands below the
    /// picture.</summary>
    /// <inheritdoc cref="Save"/>
    public static SKImage Draw(FaceImage image, IReadOnlyList<FaceMark> faces)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        using SKBitmap bitmap = Copy(image.FullResolution);
        using AnnotationPlan plan = AnnotationPlan.For(faces, bitmap.Width, bitmap.Height);
        using (SKCanvas canvas = new(bitmap))
            DrawInto(canvas, plan);
        return plan.Legend is { } legend ? Below(bitmap, legend) : SKImage.FromBitmap(bitmap);
    }

    internal static void DrawInto(SKCanvas canvas, AnnotationPlan plan)
    {
        // (0, 0) is the centre of the first pixel, Skia counts from its corner.
        canvas.Translate(0.5f, 0.5f);
        for (int i = 0; i < plan.Marks.Length; i++)
            FaceOutline.Draw(canvas, plan.Marks[i], plan.Boxes[i], plan.Colors[i], plan.Lines[i]);
        for (int i = 0; i < plan.Marks.Length; i++)
        {
            if (plan.Tags is { } tags)
                plan.Text.DrawTag(canvas, plan.Numbers[i], tags[i], plan.Colors[i]);
            else if (plan.Labels is { } labels && !labels[i].IsEmpty)
                plan.Text.DrawPlate(canvas, plan.Marks[i].Lines, labels[i], plan.Colors[i]);
        }
    }

    private static SKImage Below(SKBitmap picture, LegendPanel legend)
    {
        int width = Math.Max(picture.Width, (int)MathF.Ceiling(legend.Width)),
            height = picture.Height + (int)MathF.Ceiling(legend.Height);
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(MarkPalette.Panel);
        using SKImage drawn = SKImage.FromBitmap(picture);
        surface.Canvas.DrawImage(drawn, 0, 0, SKSamplingOptions.Default);
        legend.Draw(surface.Canvas, new(0, picture.Height));
        return surface.Snapshot();
    }

    /// <summary>The pixels as RGBA, a copy.</summary>
    internal static SKBitmap Copy(PixelView pixels)
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
