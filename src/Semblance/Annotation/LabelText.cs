using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Lines of text of one size: how large they are, and drawing them on a plate.</summary>
internal sealed class LabelText : IDisposable
{
    private const float LineHeight = 1.3f,
        Padding = 0.42f;

    private readonly SKFont _font;

    public LabelText(float size)
    {
        Size = size;
        _font = new(AnnotationFont.Typeface, size) { Subpixel = true, Edging = SKFontEdging.Antialias };
    }

    public float Size { get; }

    /// <summary>Height of the characters' line.</summary>
    public float Line => Size * LineHeight;

    public float WidthOf(string text) => _font.MeasureText(text);

    /// <summary>A plate around lines; empty for none.</summary>
    public SKSize SizeOf(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? SKSize.Empty : new(lines.Max(WidthOf) + 2 * Padding * Size, lines.Count * Line + Padding * Size);

    /// <summary>Draws lines on a dark plate with an edge in the face's colour; the first line has the colour too.</summary>
    public void DrawPlate(SKCanvas canvas, IReadOnlyList<string> lines, SKRect place, SKColor color)
    {
        using SKPaint plate = new() { Color = MarkPalette.Plate, IsAntialias = true };
        using SKPaint edge = new()
        {
            Color = color,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = MathF.Max(1, Size / 14),
        };
        float corner = Size * 0.25f;
        canvas.DrawRoundRect(place, corner, corner, plate);
        SKRect inside = place;
        inside.Inflate(-edge.StrokeWidth / 2, -edge.StrokeWidth / 2);
        canvas.DrawRoundRect(inside, corner, corner, edge);
        for (int i = 0; i < lines.Count; i++)
            DrawLine(
                canvas,
                lines[i],
                place.Left + Padding * Size,
                place.Top + Padding / 2 * Size + i * Line,
                i == 0 ? color : MarkPalette.Text
            );
    }

    /// <summary>Draws a number on a ground of its colour.</summary>
    public void DrawTag(SKCanvas canvas, string number, SKRect place, SKColor color)
    {
        using SKPaint halo = new() { Color = MarkPalette.Halo, IsAntialias = true };
        using SKPaint ground = new() { Color = color, IsAntialias = true };
        float corner = place.Height / 4;
        canvas.DrawRoundRect(place, corner, corner, halo);
        SKRect inside = place;
        inside.Inflate(-1, -1);
        canvas.DrawRoundRect(inside, corner, corner, ground);
        DrawLine(canvas, number, place.MidX - WidthOf(number) / 2, place.MidY - Line / 2, MarkPalette.Ink);
    }

    /// <summary>A number's ground.</summary>
    public SKSize TagOf(string number) => new(MathF.Max(WidthOf(number) + 0.7f * Size, Line), Line);

    /// <summary>Draws one line, its top left corner given.</summary>
    public void DrawLine(SKCanvas canvas, string text, float left, float top, SKColor color)
    {
        using SKPaint ink = new() { Color = color, IsAntialias = true };
        float baseline = top + Line / 2 - (_font.Metrics.Ascent + _font.Metrics.Descent) / 2;
        canvas.DrawText(text, left, baseline, SKTextAlign.Left, _font, ink);
    }

    public void Dispose() => _font.Dispose();
}
