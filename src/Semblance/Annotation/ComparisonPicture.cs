using System.Numerics;
using Semblance.Detection;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Annotation;

/// <summary>Two pictures side by side with the faces that were compared, and the answer below.</summary>
public static class ComparisonPicture
{
    private const int Height = 480,
        Gap = 4;

    private const float TitleSize = 24,
        TextSize = 17,
        Margin = 16;

    /// <summary>Draws.</summary>
    /// <param name="a">The first picture.</param>
    /// <param name="faceA">The face compared on it.</param>
    /// <param name="b">The second picture.</param>
    /// <param name="faceB">The face compared on it.</param>
    /// <param name="style">What the colour says: <see cref="MarkStyle.Plain"/> the same, <see cref="MarkStyle.Different"/>,
    /// <see cref="MarkStyle.CannotTell"/>.</param>
    /// <param name="caption">The answer in its first line, figures in those behind it.</param>
    public static SKImage Draw(
        FaceImage a,
        DetectedFace faceA,
        FaceImage b,
        DetectedFace faceB,
        MarkStyle style,
        IReadOnlyList<string> caption
    )
    {
        ArgumentNullException.ThrowIfNull(caption);
        using SKImage left = Side(a, faceA, style),
            right = Side(b, faceB, style);
        using LabelText title = new(TitleSize),
            text = new(TextSize);
        float widest = caption.Select((line, i) => (i == 0 ? title : text).WidthOf(line)).DefaultIfEmpty(0).Max() + 2 * Margin;
        int width = Math.Max(left.Width + Gap + right.Width, (int)MathF.Ceiling(widest));
        float below = caption.Count == 0 ? 0 : title.Line + (caption.Count - 1) * text.Line + 1.5f * Margin;
        using SKSurface surface = SKSurface.Create(
            new SKImageInfo(width, Height + (int)MathF.Ceiling(below), SKColorType.Rgba8888, SKAlphaType.Opaque)
        );
        surface.Canvas.Clear(MarkPalette.Panel);
        int start = (width - left.Width - Gap - right.Width) / 2;
        surface.Canvas.DrawImage(left, start, 0, SKSamplingOptions.Default);
        surface.Canvas.DrawImage(right, start + left.Width + Gap, 0, SKSamplingOptions.Default);
        float top = Height + 0.75f * Margin;
        SKColor color = MarkPalette.ColorsOf([new FaceMark(faceA, "") { Style = style }])[0];
        for (int i = 0; i < caption.Count; i++)
        {
            (i == 0 ? title : text).DrawLine(surface.Canvas, caption[i], Margin, top, i == 0 ? color : MarkPalette.Text);
            top += (i == 0 ? title : text).Line;
        }
        return surface.Snapshot();
    }

    private static SKImage Side(FaceImage image, DetectedFace face, MarkStyle style)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        float scale = (float)Height / image.Height;
        int width = Math.Max(1, (int)MathF.Round(image.Width * scale));
        using SKImage whole = FaceAnnotator.Draw(image, []);
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.DrawImage(
            whole,
            SKRect.Create(0, 0, width, Height),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        using AnnotationPlan plan = AnnotationPlan.For([new FaceMark(Scaled(face, scale), "") { Style = style }], width, Height);
        FaceAnnotator.DrawInto(surface.Canvas, plan);
        return surface.Snapshot();
    }

    /// <summary>The face on the picture made larger or smaller; (0, 0) is the centre of the first pixel on both.</summary>
    private static DetectedFace Scaled(DetectedFace face, float scale)
    {
        float shift = scale / 2 - 0.5f;
        return face with
        {
            Box = new(face.Box.X * scale + shift, face.Box.Y * scale + shift, face.Box.Width * scale, face.Box.Height * scale),
            Landmarks = face.Landmarks.Select(Map),
            Keypoints = [.. face.Keypoints.Select(Map)],
        };

        Vector2 Map(Vector2 point) => point * scale + new Vector2(shift);
    }
}
