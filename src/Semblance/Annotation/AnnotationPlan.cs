using System.Globalization;
using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Where everything stands: boxes, labels beside them, or numbers and a legend.</summary>
internal sealed class AnnotationPlan : IDisposable
{
    private const float LinePerSide = 1f / 320;

    /// <summary>Text sizes for the geometric mean of the sides: what is wished for, and the smallest that is read when the picture fills a
    /// screen.</summary>
    private const float TextPerSide = 1f / 44,
        SmallestPerSide = 1f / 90;

    /// <summary>Text of a label in widths of its face.</summary>
    private const float TextPerFace = 1f / 6;

    private const float SmallestText = 11;

    /// <summary>Labels of more lines than this hide more of a group than they tell, once they are larger than the faces.</summary>
    private const int LinesForAnySize = 2;

    private static readonly float[] Reductions = [1, 0.88f, 0.76f];

    private AnnotationPlan(FaceMark[] marks, SKColor[] colors, float[] lines, SKRect[] boxes, LabelText text)
    {
        (Marks, Colors, Lines, Boxes, Text) = (marks, colors, lines, boxes, text);
        Numbers = NumbersOf(marks);
    }

    public FaceMark[] Marks { get; }

    /// <summary>The faces' numbers as they are written.</summary>
    public string[] Numbers { get; }

    public SKColor[] Colors { get; }

    /// <summary>Width of each face's lines.</summary>
    public float[] Lines { get; }

    public SKRect[] Boxes { get; }

    public LabelText Text { get; }

    /// <summary>Where the labels stand; null where the picture has numbers and a legend.</summary>
    public SKRect[]? Labels { get; private init; }

    /// <summary>Where the numbers stand; null where it has labels.</summary>
    public SKRect[]? Tags { get; private init; }

    public LegendPanel? Legend { get; private init; }

    /// <summary>Plans a picture of a size.</summary>
    public static AnnotationPlan For(IReadOnlyList<FaceMark> faces, int width, int height)
    {
        FaceMark[] marks = [.. faces.Select((mark, i) => mark.Number > 0 ? mark : mark with { Number = i + 1 })];
        SKColor[] colors = MarkPalette.ColorsOf(marks);
        SKRect bounds = SKRect.Create(-0.5f, -0.5f, width, height);
        float side = MathF.Sqrt((float)width * height),
            widest = MathF.Max(1.5f, side * LinePerSide);
        float[] lines = [.. marks.Select(mark => FaceOutline.LineOf(mark.Face, widest))];
        SKRect[] boxes = [.. marks.Select((mark, i) => FaceOutline.BoxOf(mark.Face, bounds, lines[i]))];
        float wanted = TextFor(marks, side);
        foreach (float reduction in Reductions)
        {
            float size = MathF.Max(Smallest(side), wanted * reduction);
            LabelText text = new(size);
            SKSize[] sizes = [.. marks.Select(mark => text.SizeOf(mark.Lines))];
            if (!Overwhelm(marks, sizes) && LabelLayout.Place(boxes, sizes, bounds, lines.DefaultIfEmpty(0).Max() / 2 + 1) is { } labels)
                return new(marks, colors, lines, boxes, text) { Labels = labels };
            text.Dispose();
        }
        return WithLegend(marks, colors, lines, boxes, side, bounds);
    }

    public void Dispose() => Text.Dispose();

    private static AnnotationPlan WithLegend(FaceMark[] marks, SKColor[] colors, float[] lines, SKRect[] boxes, float side, SKRect bounds)
    {
        LabelText text = new(Math.Clamp(side * TextPerSide * Reductions[^1], SmallestText, MathF.Max(SmallestText, TextFor(marks, side))));
        string[] numbers = NumbersOf(marks);
        return new(marks, colors, lines, boxes, text)
        {
            Tags = TagLayout.Place(boxes, [.. numbers.Select(text.TagOf)], bounds),
            Legend = new(text, numbers, [.. marks.Select(mark => mark.Lines)], colors, bounds.Width),
        };
    }

    private static bool Overwhelm(FaceMark[] marks, SKSize[] sizes) =>
        marks.Length > 1
        && marks.Any(mark => mark.Lines.Length > LinesForAnySize)
        && sizes.Sum(size => size.Width * size.Height) > marks.Sum(mark => mark.Face.Box.Area);

    private static string[] NumbersOf(FaceMark[] marks) => [.. marks.Select(mark => mark.Number.ToString(CultureInfo.InvariantCulture))];

    private static float TextFor(FaceMark[] marks, float side)
    {
        float[] widths = [.. marks.Select(mark => mark.Face.Box.Width).Order()];
        float face = widths.Length == 0 ? side : widths[widths.Length / 2];
        return MathF.Max(Smallest(side), MathF.Min(side * TextPerSide, face * TextPerFace));
    }

    private static float Smallest(float side) => MathF.Max(SmallestText, side * SmallestPerSide);
}
