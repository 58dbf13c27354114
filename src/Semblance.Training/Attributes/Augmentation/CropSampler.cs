using Semblance.Training.Attributes.Data;

namespace Semblance.Training.Attributes.Augmentation;

/// <summary>
/// Draws crops into the network's input: three planes blue, green, red of (pixel − 127.5) / 128. One bilinear pass carries rotation, zoom,
/// shift and mirroring; what lies outside takes the nearest pixel.
/// </summary>
internal static class CropSampler
{
    private const float Middle = 127.5f,
        Scale = 1 / 128f;

    /// <summary>The crop as it is, brought to the network's side.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="side">Side of the input.</param>
    /// <param name="planes">3 x side x side values.</param>
    public static void Plain(in FaceCrop crop, int side, Span<float> planes)
    {
        double step = (double)crop.Side / side;
        Sample(crop, side, new(step, 0, 0, step), 0, 0, planes);
        Normalize(planes);
    }

    /// <summary>The crop varied at random.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="side">Side of the input.</param>
    /// <param name="options">How far.</param>
    /// <param name="random">The only source of chance.</param>
    /// <param name="planes">3 x side x side values.</param>
    public static void Varied(in FaceCrop crop, int side, AugmentationOptions options, Random random, Span<float> planes)
    {
        double angle = Either(random, options.Rotation) * Math.PI / 180,
            zoom = Between(random, options.Zoom.From, options.Zoom.To);
        double stretch = Either(random, options.Stretch),
            across = zoom * (1 + stretch),
            down = zoom * (1 - stretch);
        double mirror = random.Next(2) == 0 ? -1 : 1;
        double shiftX = Either(random, options.Shift) * crop.Side,
            shiftY = Either(random, options.Shift) * crop.Side;
        int drawn = random.NextDouble() < options.Coarse ? Math.Max(8, (int)(side * Between(random, options.LowestResolution, 1))) : side;
        double step = (double)crop.Side / drawn;
        Steps steps = new(
            Math.Cos(angle) * across * step * mirror,
            -Math.Sin(angle) * down * step,
            Math.Sin(angle) * across * step * mirror,
            Math.Cos(angle) * down * step
        );
        if (drawn == side)
            Sample(crop, side, steps, shiftX, shiftY, planes);
        else
        {
            float[] coarse = new float[3 * drawn * drawn];
            Sample(crop, drawn, steps, shiftX, shiftY, coarse);
            Enlarge(coarse, drawn, side, planes);
        }
        Photometric(side, crop.Channels == 1, options, random, planes);
        Normalize(planes);
        if (random.NextDouble() < options.Erase)
            Erase(side, options.EraseSide, random, planes);
    }

    /// <summary>The crop varied at random, as a crop of its own size in colour.</summary>
    /// <inheritdoc cref="Varied"/>
    public static FaceCrop Redrawn(in FaceCrop crop, AugmentationOptions options, Random random)
    {
        int side = crop.Side,
            area = side * side;
        float[] planes = new float[3 * area];
        Varied(crop, side, options, random, planes);
        byte[] pixels = new byte[3 * area];
        for (int i = 0; i < area; i++)
        for (int c = 0; c < 3; c++)
            pixels[3 * i + c] = (byte)Math.Clamp(planes[(2 - c) * area + i] / Scale + Middle + 0.5f, 0, 255);
        return new(pixels, side, 3);
    }

    /// <summary>The mirror image of a crop.</summary>
    public static FaceCrop Mirrored(in FaceCrop crop)
    {
        byte[] pixels = new byte[crop.Pixels.Length];
        int side = crop.Side,
            channels = crop.Channels;
        for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            crop.Pixels.AsSpan((y * side + side - 1 - x) * channels, channels).CopyTo(pixels.AsSpan((y * side + x) * channels));
        return new(pixels, side, channels);
    }

    /// <summary>Source pixels that one pixel of the result to the right and one down move.</summary>
    private readonly record struct Steps(double XRight, double XDown, double YRight, double YDown);

    private static void Sample(in FaceCrop crop, int side, Steps steps, double shiftX, double shiftY, Span<float> planes)
    {
        byte[] pixels = crop.Pixels;
        int from = crop.Side,
            channels = crop.Channels,
            area = side * side;
        double centre = (side - 1) / 2.0,
            middle = (from - 1) / 2.0;
        for (int y = 0; y < side; y++)
        {
            double baseX = middle + shiftX + steps.XDown * (y - centre) - steps.XRight * centre;
            double baseY = middle + shiftY + steps.YDown * (y - centre) - steps.YRight * centre;
            for (int x = 0; x < side; x++)
            {
                float u = (float)Math.Clamp(baseX + steps.XRight * x, 0, from - 1.001),
                    v = (float)Math.Clamp(baseY + steps.YRight * x, 0, from - 1.001);
                int column = (int)u,
                    row = (int)v,
                    at = (row * from + column) * channels,
                    below = at + from * channels,
                    to = y * side + x;
                float fx = u - column,
                    fy = v - row,
                    w11 = fx * fy,
                    w10 = fy - w11,
                    w01 = fx - w11,
                    w00 = 1 - fx - fy + w11;
                for (int c = 0; c < channels; c++)
                    planes[(channels == 1 ? 0 : 2 - c) * area + to] =
                        w00 * pixels[at + c]
                        + w01 * pixels[at + channels + c]
                        + w10 * pixels[below + c]
                        + w11 * pixels[below + channels + c];
            }
        }
        if (channels == 3)
            return;
        planes[..area].CopyTo(planes[area..]);
        planes[..area].CopyTo(planes[(2 * area)..]);
    }

    private static void Enlarge(float[] coarse, int from, int side, Span<float> planes)
    {
        float step = (float)from / side;
        for (int y = 0; y < side; y++)
        {
            float v = Math.Clamp((y + 0.5f) * step - 0.5f, 0, from - 1.001f);
            int row = (int)v;
            float fy = v - row;
            for (int x = 0; x < side; x++)
            {
                float u = Math.Clamp((x + 0.5f) * step - 0.5f, 0, from - 1.001f);
                int column = (int)u;
                float fx = u - column;
                for (int c = 0; c < 3; c++)
                {
                    int at = (c * from + row) * from + column;
                    float top = coarse[at] + fx * (coarse[at + 1] - coarse[at]),
                        bottom = coarse[at + from] + fx * (coarse[at + from + 1] - coarse[at + from]);
                    planes[(c * side + y) * side + x] = top + fy * (bottom - top);
                }
            }
        }
    }

    private static void Photometric(int side, bool grey, AugmentationOptions options, Random random, Span<float> planes)
    {
        int area = side * side;
        if (!grey && random.NextDouble() < options.Grey)
        {
            grey = true;
            for (int i = 0; i < area; i++)
            {
                // ITU-R BT.601 luma; the planes are blue, green, red.
                float luma = 0.114f * planes[i] + 0.587f * planes[area + i] + 0.299f * planes[2 * area + i];
                planes[i] = planes[area + i] = planes[2 * area + i] = luma;
            }
        }
        float contrast = (float)(1 + Either(random, options.Contrast)),
            brightness = (float)Either(random, options.Brightness);
        float noise = random.NextDouble() < options.Noise ? (float)Between(random, 2, 10) : 0;
        for (int c = 0; c < 3; c++)
        {
            Span<float> plane = planes.Slice(c * area, area);
            if (grey && c > 0)
            {
                planes[..area].CopyTo(plane);
                continue;
            }
            float gain = contrast * (grey ? 1 : (float)(1 + Either(random, options.Tint))),
                offset = brightness + Middle - Middle * contrast;
            for (int i = 0; i < area; i++)
            {
                float value = plane[i] * gain + offset;
                if (noise > 0)
                    value += noise * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f) * 2;
                plane[i] = Math.Clamp(value, 0, 255);
            }
        }
    }

    private static void Erase(int side, double largest, Random random, Span<float> planes)
    {
        int width = (int)(Between(random, 0.1, largest) * side),
            height = (int)(Between(random, 0.1, largest) * side);
        int left = random.Next(side - width),
            top = random.Next(side - height);
        float value = random.NextSingle() * 2 - 1;
        for (int c = 0; c < 3; c++)
        for (int y = top; y < top + height; y++)
            planes.Slice((c * side + y) * side + left, width).Fill(value);
    }

    private static void Normalize(Span<float> planes)
    {
        foreach (ref float value in planes)
            value = (value - Middle) * Scale;
    }

    private static double Between(Random random, double from, double to) => from + random.NextDouble() * (to - from);

    private static double Either(Random random, double most) => Between(random, -most, most);
}
