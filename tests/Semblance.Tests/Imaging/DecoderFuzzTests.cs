using System.Diagnostics;
using Semblance.Imaging;
using Semblance.Tests.Support;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Imaging;

public class DecoderFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 7,
        MutationsPerFile = 700;

    [Fact]
    public void Damaged_file_gives_pixels_or_a_named_error()
    {
        PixelView pixels = TestPixels.Smooth(24, 18, PixelFormat.Rgb24);
        byte[][] files =
        [
            TestFiles.Encode(pixels, SKEncodedImageFormat.Jpeg),
            TestFiles.WithOrientation(TestFiles.Encode(pixels, SKEncodedImageFormat.Jpeg), 6),
            TestFiles.Encode(pixels, SKEncodedImageFormat.Png),
            TestFiles.Encode(pixels, SKEncodedImageFormat.Webp),
            BmpWriter.Write(9, 7, (x, y) => ((byte)x, (byte)y, 3)),
            GifWriter.Write(2, 2, new byte[12], [0, 1, 2, 3], [3, 2, 1, 0]),
            JpegWriter.Flat([1, 200, 30, 40], adobeTransform: 0),
            PngWriter.Write(2, 1, 16, PngWriter.Rgba, [new byte[16]]),
        ];
        Random random = new(Seed);
        ImageDecodingOptions limits = new() { PixelLimit = 1_000_000 };
        int decoded = 0,
            refused = 0;
        TimeSpan slowest = TimeSpan.Zero;
        foreach (byte[] file in files)
            for (int i = 0; i < MutationsPerFile; i++)
            {
                byte[] mutated = Mutate(file, random);
                long start = Stopwatch.GetTimestamp();
                try
                {
                    using FaceImage image = FaceImage.FromBytes(mutated, "mutated", limits);
                    Assert.Equal((image.Width, image.Height), (image.FullResolution.Width, image.FullResolution.Height));
                    _ = image.AtScale(0.5);
                    decoded++;
                }
                catch (SemblanceException)
                {
                    refused++;
                }
                TimeSpan took = Stopwatch.GetElapsedTime(start);
                if (took > slowest)
                    slowest = took;
            }

        output.WriteLine($"seed {Seed}: {decoded} decoded, {refused} refused, slowest {slowest.TotalMilliseconds:0.0} ms");
        Assert.True(decoded > 100 && refused > 100, $"{decoded} decoded, {refused} refused: the mutations test nothing");
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    /// <summary>Flips bytes, cuts, repeats or drops a stretch.</summary>
    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] bytes = [.. file];
        for (int n = random.Next(1, 6); n > 0; n--)
            bytes[random.Next(bytes.Length)] = (byte)(
                random.Next(3) switch
                {
                    0 => 0,
                    1 => 255,
                    _ => random.Next(256),
                }
            );
        int at = random.Next(bytes.Length),
            length = random.Next(bytes.Length - at);
        return random.Next(6) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..(at + length)], .. bytes[at..]],
            _ => bytes,
        };
    }
}
