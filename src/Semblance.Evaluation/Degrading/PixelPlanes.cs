using System.Numerics;
using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Evaluation.Degrading;

/// <summary>Pixels as floats, 0 to 255, red, green and blue interleaved, and the operations of degradations on them.</summary>
internal sealed class PixelPlanes(int width, int height, float[] values)
{
    private const int Channels = 3;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public static PixelPlanes Of(PixelView view)
    {
        float[] values = new float[Channels * view.Width * view.Height];
        (int red, int green, int blue) = view.Format switch
        {
            PixelFormat.Gray8 => (0, 0, 0),
            PixelFormat.Bgr24 or PixelFormat.Bgrx32 => (2, 1, 0),
            _ => (0, 1, 2),
        };
        int step = view.BytesPerPixel,
            to = 0;
        for (int y = 0; y < view.Height; y++)
        {
            ReadOnlySpan<byte> row = view.Row(y);
            for (int x = 0; x < row.Length; x += step)
            {
                values[to++] = row[x + red];
                values[to++] = row[x + green];
                values[to++] = row[x + blue];
            }
        }
        return new(view.Width, view.Height, values);
    }

    public byte[] ToRgb() => Array.ConvertAll(values, value => (byte)Math.Clamp(MathF.Round(value), 0, 255));

    public PixelPlanes Select(Func<float, float> map) => new(Width, Height, Array.ConvertAll(values, value => map(value)));

    /// <summary>ITU-R BT.601 luma on all channels.</summary>
    public PixelPlanes Grey()
    {
        float[] grey = new float[values.Length];
        for (int i = 0; i < grey.Length; i += Channels)
            grey[i] = grey[i + 1] = grey[i + 2] = 0.299f * values[i] + 0.587f * values[i + 1] + 0.114f * values[i + 2];
        return new(Width, Height, grey);
    }

    /// <summary>Gaussian blur in two passes, kernel out to three standard deviations, border repeated.</summary>
    public PixelPlanes Blurred(double deviation)
    {
        int radius = Math.Max(1, (int)Math.Ceiling(3 * deviation));
        float[] kernel = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(k => (float)Math.Exp(-k * k / (2 * deviation * deviation)))];
        float sum = kernel.Sum();
        kernel = Array.ConvertAll(kernel, weight => weight / sum);
        return new(
            Width,
            Height,
            Convolve(Convolve(values, kernel, Width, Channels, Height, Channels * Width), kernel, Height, Channels * Width, Width, Channels)
        );
    }

    /// <summary>Reduced by area averaging and enlarged to the old size bilinearly.</summary>
    public PixelPlanes Reduced(double scale)
    {
        if (scale >= 1)
            return this;
        int width = Math.Max(1, (int)Math.Round(Width * scale)),
            height = Math.Max(1, (int)Math.Round(Height * scale));
        float[] across = Resample(values, Width, width, Channels, Height, Channels * Width, Channels * width, Area);
        float[] small = Resample(across, Height, height, Channels * width, width, Channels, Channels, Area);
        float[] wide = Resample(small, width, Width, Channels, height, Channels * width, Channels * Width, Linear);
        return new(Width, Height, Resample(wide, height, Height, Channels * Width, Width, Channels, Channels, Linear));
    }

    public PixelPlanes WithNoise(double deviation)
    {
        // The seed is the content's, so that a picture is always given the same noise and two pictures never the same.
        int seed = 17;
        for (int i = 0; i < values.Length; i += 101)
            seed = unchecked(seed * 31 + (int)values[i]);
        Random random = new(seed);
        float[] noisy = new float[values.Length];
        for (int i = 0; i < noisy.Length; i++)
        {
            // Box and Muller, 1958.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            noisy[i] = values[i] + (float)(deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
        }
        return new(Width, Height, noisy);
    }

    public PixelPlanes Compressed(int quality)
    {
        using SKBitmap bitmap = new(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte[] rgb = ToRgb();
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int i = 0, p = 0; i < rgb.Length; i += Channels, p += 4)
        {
            rgb.AsSpan(i, Channels).CopyTo(pixels[p..]);
            pixels[p + 3] = 255;
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        using FaceImage decoded = FaceImage.FromBytes(data.ToArray(), "compressed");
        return Of(decoded.FullResolution);
    }

    /// <summary>A polygon filled with the pale blue of medical masks.</summary>
    public PixelPlanes Covered(Vector2[] polygon)
    {
        float[] covered = [.. values];
        for (int y = 0; y < Height; y++)
        for (int x = 0; x < Width; x++)
        {
            if (!Contains(polygon, new(x, y)))
                continue;
            int at = Channels * (y * Width + x);
            (covered[at], covered[at + 1], covered[at + 2]) = (150, 190, 210);
        }
        return new(Width, Height, covered);
    }

    /// <summary>A black border all around.</summary>
    public PixelPlanes WithBorder(int border)
    {
        int width = Width + 2 * border;
        float[] wide = new float[Channels * width * (Height + 2 * border)];
        for (int y = 0; y < Height; y++)
            values.AsSpan(Channels * y * Width, Channels * Width).CopyTo(wide.AsSpan(Channels * ((y + border) * width + border)));
        return new(width, Height + 2 * border, wide);
    }

    /// <summary>Enlarged about the middle and moved by parts of the sides, bilinearly, in the same frame; the border is repeated.</summary>
    public PixelPlanes Reframed(double scale, double across, double down)
    {
        float[] framed = new float[values.Length];
        for (int y = 0; y < Height; y++)
        for (int x = 0; x < Width; x++)
        {
            (int left, int right, float toRight) = Source(x, Width, across);
            (int above, int below, float toBelow) = Source(y, Height, down);
            for (int channel = 0; channel < Channels; channel++)
                framed[Channels * (y * Width + x) + channel] =
                    (1 - toBelow) * ((1 - toRight) * At(left, above, channel) + toRight * At(right, above, channel))
                    + toBelow * ((1 - toRight) * At(left, below, channel) + toRight * At(right, below, channel));
        }
        return new(Width, Height, framed);

        float At(int x, int y, int channel) => values[Channels * (y * Width + x) + channel];

        (int First, int Second, float Weight) Source(int to, int length, double moved)
        {
            double middle = (length - 1) / 2.0,
                from = Math.Clamp((to - middle - moved * length) / scale + middle, 0, length - 1);
            int first = Math.Min((int)from, Math.Max(0, length - 2));
            return (first, Math.Min(first + 1, length - 1), (float)(from - first));
        }
    }

    /// <summary>Turned clockwise by quarters.</summary>
    public PixelPlanes Turned(int quarters)
    {
        PixelPlanes turned = this;
        for (int i = 0; i < quarters; i++)
            turned = turned.QuarterTurned();
        return turned;
    }

    public PixelPlanes Mirrored() => Mapped(Width, Height, (x, y) => (Width - 1 - x, y));

    private PixelPlanes QuarterTurned() => Mapped(Height, Width, (x, y) => (y, Height - 1 - x));

    private PixelPlanes Mapped(int width, int height, Func<int, int, (int X, int Y)> source)
    {
        float[] mapped = new float[values.Length];
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        {
            (int fromX, int fromY) = source(x, y);
            values.AsSpan(Channels * (fromY * Width + fromX), Channels).CopyTo(mapped.AsSpan(Channels * (y * width + x)));
        }
        return new(width, height, mapped);
    }

    private static bool Contains(Vector2[] polygon, Vector2 p)
    {
        bool inside = false;
        for (int i = 0, j = polygon.Length - 1; i < polygon.Length; j = i++)
        {
            (Vector2 a, Vector2 b) = (polygon[i], polygon[j]);
            if (a.Y > p.Y != b.Y > p.Y && p.X < (b.X - a.X) * (p.Y - a.Y) / (b.Y - a.Y) + a.X)
                inside = !inside;
        }
        return inside;
    }

    private static float[] Convolve(float[] from, float[] kernel, int length, int step, int lines, int lineStep)
    {
        float[] to = new float[from.Length];
        int radius = kernel.Length / 2;
        for (int line = 0; line < lines; line++)
        for (int i = 0; i < length; i++)
        for (int channel = 0; channel < Channels; channel++)
        {
            int start = line * lineStep + channel;
            float sum = 0;
            for (int k = -radius; k <= radius; k++)
                sum += kernel[k + radius] * from[start + Math.Clamp(i + k, 0, length - 1) * step];
            to[start + i * step] = sum;
        }
        return to;
    }

    private delegate IEnumerable<(int Index, float Weight)> Window(int to, int fromLength, int toLength);

    private static float[] Resample(
        float[] from,
        int fromLength,
        int toLength,
        int step,
        int lines,
        int fromLine,
        int toLine,
        Window window
    )
    {
        float[] to = new float[Channels * toLength * lines];
        for (int i = 0; i < toLength; i++)
        {
            (int Index, float Weight)[] weights = [.. window(i, fromLength, toLength)];
            for (int line = 0; line < lines; line++)
            for (int channel = 0; channel < Channels; channel++)
            {
                float sum = 0;
                foreach ((int index, float weight) in weights)
                    sum += weight * from[line * fromLine + index * step + channel];
                to[line * toLine + i * step + channel] = sum;
            }
        }
        return to;
    }

    private static IEnumerable<(int Index, float Weight)> Area(int to, int fromLength, int toLength)
    {
        double width = (double)fromLength / toLength,
            start = to * width,
            end = start + width;
        for (int i = (int)start; i < Math.Min(fromLength, Math.Ceiling(end)); i++)
            yield return (i, (float)((Math.Min(end, i + 1) - Math.Max(start, i)) / width));
    }

    private static IEnumerable<(int Index, float Weight)> Linear(int to, int fromLength, int toLength)
    {
        double centre = (to + 0.5) * fromLength / toLength - 0.5;
        int first = (int)Math.Floor(centre);
        float weight = (float)(centre - first);
        yield return (Math.Clamp(first, 0, fromLength - 1), 1 - weight);
        yield return (Math.Clamp(first + 1, 0, fromLength - 1), weight);
    }
}
