using System.Numerics;
using Semblance.Detection;
using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Draws box and points of one face, in proportion to it.</summary>
internal static class FaceOutline
{
    /// <summary>Lengths of a dash, a dot, and of the gap behind it, in widths of the line.</summary>
    private const float Dash = 5,
        Dot = 1.2f,
        DashGap = 3.5f;

    /// <summary>Faces narrower than this have no room for dots and shadows on the lines of the 68 points.</summary>
    private const float WidthForDots = 90;

    /// <summary>The lines of the 68 points, in the iBUG scheme: first and last point, and whether the line returns to its start.</summary>
    private static readonly (int First, int Last, bool Closed)[] Strokes =
    [
        (0, 16, false),
        (17, 21, false),
        (22, 26, false),
        (27, 30, false),
        (31, 35, false),
        (36, 41, true),
        (42, 47, true),
        (48, 59, true),
        (60, 67, true),
    ];

    /// <summary>The box as it is drawn: what lies outside the picture is moved to its edge.</summary>
    public static SKRect BoxOf(DetectedFace face, SKRect bounds, float line)
    {
        SKRect inside = bounds;
        inside.Inflate(-line / 2 - 1, -line / 2 - 1);
        return new(
            Math.Clamp(face.Box.X, inside.Left, MathF.Max(inside.Left, inside.Right - 1)),
            Math.Clamp(face.Box.Y, inside.Top, MathF.Max(inside.Top, inside.Bottom - 1)),
            Math.Clamp(face.Box.Right, MathF.Min(inside.Left + 1, inside.Right), inside.Right),
            Math.Clamp(face.Box.Bottom, MathF.Min(inside.Top + 1, inside.Bottom), inside.Bottom)
        );
    }

    /// <summary>Width of a face's lines: small faces get thinner ones, so that the face stays visible.</summary>
    public static float LineOf(DetectedFace face, float widest) => MathF.Min(widest, MathF.Max(1, face.Box.Width / 40));

    /// <summary>Draws.</summary>
    /// <param name="canvas">In pixels of the picture, (0, 0) the centre of the first.</param>
    /// <param name="mark">The face.</param>
    /// <param name="box">Its box as drawn.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="line">Width of the line.</param>
    public static void Draw(SKCanvas canvas, FaceMark mark, SKRect box, SKColor color, float line)
    {
        float corner = MathF.Min(3 * line, box.Width / 4);
        float[]? pattern = mark.Style switch
        {
            MarkStyle.Stranger => [Dash * line, DashGap * line],
            MarkStyle.CannotTell => [Dot * line, DashGap * line],
            _ => null,
        };
        using SKPathEffect? dashes = pattern is null ? null : SKPathEffect.CreateDash(pattern, 0);
        using SKPaint halo = Stroke(MarkPalette.Halo, line + 2);
        using SKPaint stroke = Stroke(color, line);
        halo.PathEffect = stroke.PathEffect = dashes;
        canvas.DrawRoundRect(box, corner, corner, halo);
        canvas.DrawRoundRect(box, corner, corner, stroke);
        if (mark.Contour.Count == Attributes.FaceLandmarks68.Count)
            DrawContour(canvas, mark.Contour, mark.Face.Box.Width, color);
        else
            DrawPoints(canvas, mark.Face, color, line);
    }

    private static SKPaint Stroke(SKColor color, float width) =>
        new()
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
            Color = color,
            IsAntialias = true,
        };

    private static void DrawContour(SKCanvas canvas, IReadOnlyList<Vector2> points, float face, SKColor color)
    {
        float width = Math.Clamp(face / 160, 0.6f, 3);
        using SKPath path = ContourOf(points);
        using SKPaint halo = Stroke(MarkPalette.Halo, width + MathF.Max(0.6f, width / 2));
        using SKPaint stroke = Stroke(color.WithAlpha(0xE0), width);
        if (face < WidthForDots)
        {
            canvas.DrawPath(path, stroke);
            return;
        }
        canvas.DrawPath(path, halo);
        canvas.DrawPath(path, stroke);
        using SKPaint dot = new() { Color = SKColors.White, IsAntialias = true };
        foreach (Vector2 point in points)
            canvas.DrawCircle(point.X, point.Y, width * 0.95f, dot);
    }

    private static SKPath ContourOf(IReadOnlyList<Vector2> points)
    {
        using SKPathBuilder path = new();
        foreach ((int first, int last, bool closed) in Strokes)
        {
            path.MoveTo(points[first].X, points[first].Y);
            for (int i = first + 1; i <= last; i++)
                path.LineTo(points[i].X, points[i].Y);
            if (closed)
                path.Close();
        }
        return path.Detach();
    }

    private static void DrawPoints(SKCanvas canvas, DetectedFace face, SKColor color, float line)
    {
        if (face.LandmarksSource == LandmarksSource.None)
            return;
        float radius = MathF.Max(1, MathF.Min(1.4f * line, face.Box.Width / 40)),
            small = MathF.Max(0.7f, radius / 2);
        using SKPaint dot = new() { Color = color, IsAntialias = true };
        using SKPaint ring = new() { Color = MarkPalette.Halo, IsAntialias = true };
        foreach (Vector2 point in face.Landmarks.ToArray())
        {
            canvas.DrawCircle(point.X, point.Y, radius + 1, ring);
            canvas.DrawCircle(point.X, point.Y, radius, dot);
        }
        foreach (Vector2 point in face.Keypoints)
            canvas.DrawCircle(point.X, point.Y, small, dot);
    }
}
