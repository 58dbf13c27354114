using Semblance.Annotation;
using Semblance.Files;
using SkiaSharp;

namespace Semblance.Training.Plots;

/// <summary>A chart of lines as a PNG.</summary>
/// <param name="title">Stands above.</param>
/// <param name="xLabel">What x is.</param>
/// <param name="series">The lines.</param>
/// <param name="limit">No value can lie above it.</param>
internal sealed class LineChart(string title, string xLabel, IReadOnlyList<ChartSeries> series, double limit = double.PositiveInfinity)
{
    private const int Width = 1200,
        Height = 720,
        Left = 96,
        Right = 40,
        Top = 76,
        AxisBelow = 92,
        LegendRow = 30;
    private const int XMarks = 8,
        YMarks = 6;
    private const float TitleSize = 26,
        TextSize = 17;

    private static readonly SKColor Paper = SKColors.White,
        Ink = new(0x1C, 0x23, 0x2B),
        Faint = new(0x5F, 0x6B, 0x7A),
        Grid = new(0xE3, 0xE7, 0xEC);

    /// <summary>Colours that stay apart for colour-blind eyes (Okabe and Ito 2008), without its yellow, which white paper
    /// swallows.</summary>
    private static readonly SKColor[] Colors =
    [
        new(0x00, 0x72, 0xB2),
        new(0xD5, 0x5E, 0x00),
        new(0x00, 0x9E, 0x73),
        new(0xCC, 0x79, 0xA7),
        new(0x56, 0xB4, 0xE9),
        new(0xE6, 0x9F, 0x00),
        new(0x44, 0x4C, 0x56),
    ];

    /// <summary>Draws and writes it.</summary>
    public void Save(string path)
    {
        ChartSeries[] named = [.. series.Where(line => line.Kind == ChartLine.Main)];
        (double X, double Y)[] all = [.. series.SelectMany(line => line.Points)];
        ChartAxis x = ChartAxis.Around(all.Min(point => point.X), all.Max(point => point.X), XMarks),
            y = ChartAxis.Around(all.Min(point => point.Y), all.Max(point => point.Y), YMarks, limit);
        using SKFont text = FontOf(TextSize),
            heading = FontOf(TitleSize);
        float[] widths = [.. named.Select(line => text.MeasureText(line.Name) + 52)];
        List<(float X, int Row)> places = Legend(widths);
        int legendRows = named.Length > 1 ? places[^1].Row + 1 : 0;
        SKRect plot = new(Left, Top, Width - Right, Height - AxisBelow - legendRows * LegendRow);

        using SKSurface surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(Paper);
        DrawText(canvas, title, Left, Top - 30, SKTextAlign.Left, heading, Ink);
        DrawAxes(canvas, plot, x, y, text);
        for (int i = 0; i < series.Count; i++)
            DrawLine(canvas, plot, x, y, series[i], Colors[Array.IndexOf(named, series[i]) is var at and >= 0 ? at % Colors.Length : 0]);
        for (int i = 0; i < (legendRows > 0 ? named.Length : 0); i++)
        {
            float left = places[i].X,
                line = plot.Bottom + AxisBelow - 8 + places[i].Row * LegendRow;
            using SKPaint stroke = Stroke(Colors[i % Colors.Length], 4);
            canvas.DrawLine(left, line - 6, left + 26, line - 6, stroke);
            DrawText(canvas, named[i].Name, left + 34, line, SKTextAlign.Left, text, Ink);
        }
        Write(surface, path);
    }

    private static List<(float X, int Row)> Legend(float[] widths)
    {
        List<(float, int)> places = [];
        float x = Left;
        int row = 0;
        foreach (float width in widths)
        {
            if (x > Left && x + width > Width - Right)
                (x, row) = (Left, row + 1);
            places.Add((x, row));
            x += width;
        }
        return places;
    }

    private void DrawAxes(SKCanvas canvas, SKRect plot, ChartAxis x, ChartAxis y, SKFont text)
    {
        using SKPaint grid = Stroke(Grid, 1),
            frame = Stroke(Faint, 1.5f);
        foreach (double mark in y.Marks)
        {
            float at = plot.Bottom - (float)y.Place(mark) * plot.Height;
            canvas.DrawLine(plot.Left, at, plot.Right, at, grid);
            DrawText(canvas, y.Text(mark), plot.Left - 12, at + 6, SKTextAlign.Right, text, Faint);
        }
        foreach (double mark in x.Marks)
        {
            float at = plot.Left + (float)x.Place(mark) * plot.Width;
            canvas.DrawLine(at, plot.Bottom, at, plot.Bottom + 6, frame);
            DrawText(canvas, x.Text(mark), at, plot.Bottom + 26, SKTextAlign.Center, text, Faint);
        }
        canvas.DrawLine(plot.Left, plot.Bottom, plot.Right, plot.Bottom, frame);
        DrawText(canvas, xLabel, plot.MidX, plot.Bottom + 50, SKTextAlign.Center, text, Ink);
    }

    private static void DrawLine(SKCanvas canvas, SKRect plot, ChartAxis x, ChartAxis y, ChartSeries line, SKColor color)
    {
        if (line.Points.Count == 0)
            return;
        SKPoint[] points =
        [
            .. line.Points.Select(point => new SKPoint(
                plot.Left + (float)x.Place(point.X) * plot.Width,
                plot.Bottom - (float)y.Place(point.Y) * plot.Height
            )),
        ];
        bool main = line.Kind == ChartLine.Main;
        using SKPaint stroke = Stroke(main ? color : color.WithAlpha(0x38), main ? 3 : 1.5f);
        canvas.DrawPoints(SKPointMode.Polygon, points, stroke);
        if (!main)
            return;
        using SKPaint dot = new() { Color = color, IsAntialias = true };
        canvas.DrawCircle(points[^1], 5, dot);
    }

    private static void DrawText(SKCanvas canvas, string text, float x, float y, SKTextAlign align, SKFont font, SKColor color)
    {
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    private static SKFont FontOf(float size) => new(AnnotationFont.Typeface, size) { Edging = SKFontEdging.Antialias };

    private static SKPaint Stroke(SKColor color, float width) =>
        new()
        {
            Color = color,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
        };

    private static void Write(SKSurface surface, string path)
    {
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, data.SaveTo);
    }
}
