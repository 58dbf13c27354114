using Semblance.Alignment;
using Semblance.Annotation;
using Semblance.Files;
using SkiaSharp;

namespace Semblance.Gallery.Clustering;

/// <summary>Faces side by side with what is written below each, for people to look over.</summary>
public static class ContactSheet
{
    private const int Tile = 112,
        Gap = 8,
        LabelHeight = 20,
        TitleHeight = 44,
        TextSize = 13,
        TitleSize = 22,
        MostColumns = 10,
        FewestColumns = 4;
    private static readonly SKColor Paper = new(0xF6, 0xF7, 0xF9),
        Ink = new(0x1C, 0x23, 0x2B),
        Faint = new(0x6A, 0x74, 0x80);

    /// <summary>Most faces on one sheet.</summary>
    public const int MostFaces = 100;

    /// <summary>Draws a sheet and writes it as a PNG.</summary>
    /// <param name="path">The file, readable by its owner alone; replaced when it is there.</param>
    /// <param name="title">Stands above the faces.</param>
    /// <param name="faces">At most <see cref="MostFaces"/> pictures, read one after the other, and a label for each; longer labels are cut
    /// in the middle.</param>
    /// <exception cref="ArgumentException">There are more faces, or none.</exception>
    public static void Save(string path, string title, IReadOnlyList<(Func<SKBitmap> Read, string Label)> faces)
    {
        ArgumentNullException.ThrowIfNull(faces);
        if (faces.Count is 0 or > MostFaces)
            throw new ArgumentException($"A sheet holds 1 to {MostFaces} faces, {faces.Count} were given.", nameof(faces));
        int columns = Math.Clamp((int)Math.Ceiling(Math.Sqrt(faces.Count * 1.6)), FewestColumns, MostColumns),
            rows = (faces.Count + columns - 1) / columns;
        using SKSurface surface = SKSurface.Create(
            new SKImageInfo(
                Gap + columns * (Tile + Gap),
                TitleHeight + rows * (Tile + LabelHeight + Gap) + Gap,
                SKColorType.Rgba8888,
                SKAlphaType.Opaque
            )
        );
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(Paper);
        using SKFont titleFont = new(AnnotationFont.Typeface, TitleSize) { Edging = SKFontEdging.Antialias },
            font = new(AnnotationFont.Typeface, TextSize) { Edging = SKFontEdging.Antialias };
        using SKPaint ink = new() { Color = Ink, IsAntialias = true },
            faint = new() { Color = Faint, IsAntialias = true };
        canvas.DrawText(Fit(title, titleFont, columns * (Tile + Gap) - Gap), Gap, TitleHeight - 14, SKTextAlign.Left, titleFont, ink);
        for (int i = 0; i < faces.Count; i++)
        {
            float x = Gap + i % columns * (Tile + Gap),
                y = TitleHeight + i / columns * (Tile + LabelHeight + Gap);
            using (SKBitmap face = faces[i].Read())
            using (SKImage image = SKImage.FromBitmap(face))
                canvas.DrawImage(
                    image,
                    new SKRect(x, y, x + Tile, y + Tile),
                    new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
                );
            canvas.DrawText(Fit(faces[i].Label, font, Tile), x, y + Tile + TextSize + 2, SKTextAlign.Left, font, faint);
        }
        canvas.Flush();
        using SKImage sheet = surface.Snapshot();
        using SKData data = sheet.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.WriteAllBytes(path, data.AsSpan(), FileReaders.OwnerAlone);
    }

    /// <summary>Copies an aligned crop.</summary>
    public static SKBitmap ToBitmap(AlignedFace crop)
    {
        ArgumentNullException.ThrowIfNull(crop);
        SKBitmap bitmap = new(new SKImageInfo(crop.Size, crop.Size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int y = 0; y < crop.Size; y++)
        {
            ReadOnlySpan<byte> row = crop.Pixels.Row(y);
            Span<byte> target = bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, 4 * crop.Size);
            for (int x = 0; x < crop.Size; x++)
            {
                row.Slice(3 * x, 3).CopyTo(target[(4 * x)..]);
                target[4 * x + 3] = byte.MaxValue;
            }
        }
        return bitmap;
    }

    /// <summary>The beginning and the end of a text that is too long: file names differ in both.</summary>
    private static string Fit(string text, SKFont font, float width)
    {
        if (font.MeasureText(text) <= width)
            return text;
        for (int kept = text.Length - 1; kept > 1; kept--)
        {
            string shorter = text[..((kept + 1) / 2)] + "…" + text[^(kept / 2)..];
            if (font.MeasureText(shorter) <= width)
                return shorter;
        }
        return "…";
    }
}
