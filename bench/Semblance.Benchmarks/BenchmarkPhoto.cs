using Semblance.Imaging;
using SkiaSharp;

namespace Semblance.Benchmarks;

/// <summary>A photograph for the benchmarks: the file named by SEMBLANCE_BENCH_PHOTO, else a made one with soft shapes, edges and
/// grain.</summary>
internal static class BenchmarkPhoto
{
    public const int Width = 4032,
        Height = 3024;

    public static byte[] Jpeg() =>
        Environment.GetEnvironmentVariable("SEMBLANCE_BENCH_PHOTO") is { } path ? File.ReadAllBytes(path) : MakeJpeg();

    public static PixelView Pixels(int width, int height, PixelFormat format)
    {
        PixelView view = new(
            new byte[width * height * (format is PixelFormat.Rgb24 or PixelFormat.Bgr24 ? 3 : 4)],
            width,
            height,
            width * (format is PixelFormat.Rgb24 or PixelFormat.Bgr24 ? 3 : 4),
            format
        );
        byte[] bytes = new byte[view.Memory.Length];
        Paint(bytes, width, height, view.BytesPerPixel);
        return view with { Memory = bytes };
    }

    private static byte[] MakeJpeg()
    {
        using SKBitmap bitmap = new(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        unsafe
        {
            Paint(new((void*)bitmap.GetPixels(), bitmap.ByteCount), Width, Height, 4);
        }
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    private static void Paint(Span<byte> pixels, int width, int height, int step)
    {
        Random random = new(20);
        double[] waves = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() * 0.02)];
        for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
        for (int c = 0; c < step; c++)
        {
            double soft = Math.Sin(x * waves[c] + y * waves[c + 4]) * Math.Cos(y * waves[c + 8] * 1.7) * 70;
            double edge = (x / 97 + y / 131) % 5 == 0 ? 30 : 0;
            pixels[(y * width + x) * step + c] = (byte)Math.Clamp(128 + soft + edge + random.Next(-6, 7), 0, 255);
        }
    }
}
