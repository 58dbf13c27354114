using SkiaSharp;

namespace Semblance.Hiding;

/// <summary>Covers one face on a picture's own pixels.</summary>
internal static class FaceCover
{
    /// <summary>Colours across and down that stay of a face, strength by strength. Networks need about ten times as many as the first
    /// leaves to tell people apart; the later ones leave nothing that looks like a face.</summary>
    private static readonly (int Columns, int Rows)[] Colours = [(5, 6), (3, 3), (1, 1)];

    private static readonly SKColor BoxColor = new(0x20, 0x24, 0x28);

    /// <summary>How many strengths there are, below a box.</summary>
    public static int Strengths => Colours.Length;

    /// <summary>What is covered: the box with a margin, within the picture.</summary>
    public static SKRectI AreaOf(FaceBox box, float margin, int width, int height)
    {
        // (0, 0) is the centre of the first pixel, areas count from its corner.
        SKRect wide = new(box.X + 0.5f, box.Y + 0.5f, box.Right + 0.5f, box.Bottom + 0.5f);
        wide.Inflate(margin * box.Width, margin * box.Height);
        SKRectI area = new(
            (int)MathF.Floor(wide.Left),
            (int)MathF.Floor(wide.Top),
            (int)MathF.Ceiling(wide.Right),
            (int)MathF.Ceiling(wide.Bottom)
        );
        area.Intersect(new SKRectI(0, 0, width, height));
        return area;
    }

    /// <summary>Covers an area. An area outside the picture needs none.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="area">The area.</param>
    /// <param name="style">How.</param>
    /// <param name="strength">From 0; the higher, the fewer colours stay.</param>
    public static void Cover(SKBitmap picture, SKRectI area, HideStyle style, int strength = 0)
    {
        if (area.Width <= 0 || area.Height <= 0)
            return;
        using SKCanvas canvas = new(picture);
        if (style == HideStyle.Box)
        {
            using SKPaint paint = new() { Color = BoxColor };
            canvas.DrawRect(area, paint);
            canvas.Flush();
            return;
        }
        using SKBitmap few = Averages(picture, area, Colours[strength]);
        using SKImage image = SKImage.FromBitmap(few);
        using SKPathBuilder oval = new();
        oval.AddOval(area);
        using SKPath path = oval.Detach();
        canvas.ClipPath(path, SKClipOperation.Intersect, antialias: true);
        SKSamplingOptions sampling = style == HideStyle.Blur ? new(SKCubicResampler.Mitchell) : new(SKFilterMode.Nearest);
        canvas.DrawImage(image, area, sampling);
        canvas.Flush();
    }

    private static SKBitmap Averages(SKBitmap picture, SKRectI area, (int Columns, int Rows) colours)
    {
        int columns = Math.Min(colours.Columns, area.Width),
            rows = Math.Min(colours.Rows, area.Height);
        SKBitmap few = new(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        ReadOnlySpan<byte> pixels = picture.GetPixelSpan();
        for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
        {
            int left = area.Left + column * area.Width / columns,
                right = area.Left + (column + 1) * area.Width / columns,
                top = area.Top + row * area.Height / rows,
                bottom = area.Top + (row + 1) * area.Height / rows;
            long red = 0,
                green = 0,
                blue = 0;
            for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++)
            {
                ReadOnlySpan<byte> pixel = pixels.Slice(y * picture.RowBytes + 4 * x, 3);
                (red, green, blue) = (red + pixel[0], green + pixel[1], blue + pixel[2]);
            }
            long count = (long)(right - left) * (bottom - top);
            few.SetPixel(column, row, new((byte)(red / count), (byte)(green / count), (byte)(blue / count)));
        }
        return few;
    }
}
