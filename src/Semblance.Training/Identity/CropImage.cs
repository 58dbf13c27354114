using SkiaSharp;

namespace Semblance.Training.Identity;

/// <summary>A crop as floats while it is changed: three planes (red, green, blue) of 0..255.</summary>
internal sealed class CropImage
{
    /// <summary>Side in pixels.</summary>
    public const int Side = FaceCropper.Side;

    /// <summary>Pixels of a plane.</summary>
    public const int Plane = Side * Side;

    /// <summary>The planes, one after another.</summary>
    public float[] Planes { get; } = new float[3 * Plane];

    /// <summary>Takes over the bytes of a crop.</summary>
    /// <param name="crop">112 x 112 x 3, rows of RGB.</param>
    public static CropImage FromBytes(ReadOnlySpan<byte> crop)
    {
        CropImage image = new();
        for (int i = 0; i < Plane; i++)
            (image.Planes[i], image.Planes[Plane + i], image.Planes[2 * Plane + i]) = (crop[3 * i], crop[3 * i + 1], crop[3 * i + 2]);
        return image;
    }

    /// <summary>The crop as bytes, rounded and clamped.</summary>
    public byte[] ToBytes()
    {
        byte[] crop = new byte[3 * Plane];
        for (int i = 0; i < crop.Length; i++)
            crop[i] = (byte)Math.Clamp(MathF.Round(Planes[i % 3 * Plane + i / 3]), 0, 255);
        return crop;
    }

    /// <summary>Left and right exchanged.</summary>
    public void Mirror()
    {
        for (int row = 0; row < 3 * Side; row++)
            Planes.AsSpan(row * Side, Side).Reverse();
    }

    /// <summary>Made smaller and brought back to its size.</summary>
    /// <param name="side">Side in between, in pixels, 1 to 112.</param>
    /// <param name="down">How it is made smaller.</param>
    /// <param name="up">How it is made larger again.</param>
    public void Coarsen(int side, Resampling down, Resampling up)
    {
        ResampleTaps shrink = ResampleTaps.For(down, Side, side),
            grow = ResampleTaps.For(up, side, Side);
        float[] small = new float[side * side];
        for (int plane = 0; plane < 3; plane++)
        {
            Span<float> pixels = Planes.AsSpan(plane * Plane, Plane);
            shrink.Apply(pixels, Side, small, side);
            grow.Apply(small, side, pixels, Side);
        }
        for (int i = 0; i < Planes.Length; i++)
            Planes[i] = Math.Clamp(MathF.Round(Planes[i]), 0, 255);
    }

    /// <summary>Blurred by a Gaussian, borders mirrored as OpenCV does (without repeating the edge).</summary>
    /// <param name="sigma">Standard deviation in pixels, above 0.</param>
    public void Blur(double sigma)
    {
        // OpenCV's kernel size for 8-bit pictures: three deviations to each side.
        int radius = ((int)Math.Round(sigma * 6 + 1) | 1) / 2;
        float[] weights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(i => (float)Math.Exp(-i * i / (2 * sigma * sigma)))];
        float sum = weights.Sum();
        for (int i = 0; i < weights.Length; i++)
            weights[i] /= sum;
        ResampleTaps taps = ResampleTaps.Filter(weights, Side);
        float[] result = new float[Plane];
        for (int plane = 0; plane < 3; plane++)
        {
            Span<float> pixels = Planes.AsSpan(plane * Plane, Plane);
            taps.Apply(pixels, Side, result, Side);
            result.CopyTo(pixels);
        }
        for (int i = 0; i < Planes.Length; i++)
            Planes[i] = MathF.Round(Planes[i]);
    }

    /// <summary>Compressed as JPEG and decoded again.</summary>
    /// <param name="quality">1 to 100.</param>
    public void Compress(int quality)
    {
        byte[] bytes = ToBytes();
        using SKBitmap bitmap = new(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int i = 0; i < Plane; i++)
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (
                bytes[3 * i],
                bytes[3 * i + 1],
                bytes[3 * i + 2],
                255
            );
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        using SKBitmap decoded = SKBitmap.Decode(data, new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        ReadOnlySpan<byte> back = decoded.GetPixelSpan();
        for (int i = 0; i < Plane; i++)
        for (int plane = 0; plane < 3; plane++)
            Planes[plane * Plane + i] = back[4 * i + plane];
    }
}
