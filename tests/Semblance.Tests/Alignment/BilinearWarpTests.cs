using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;
using Semblance.Alignment;
using Semblance.Imaging;
using Semblance.Tests.Support;

namespace Semblance.Tests.Alignment;

public class BilinearWarpTests
{
    private const int Width = 37,
        Height = 21;

    private static readonly Gen<(PixelView Pixels, SimilarityTransform Transform)> Cases =
        from format in Gen.Elements(TestPixels.Formats)
        from width in Gen.Choose(1, 60)
        from height in Gen.Choose(1, 60)
        from gap in Gen.Choose(0, 9)
        from angle in Gen.Choose(0, 628)
        from scale in Gen.Choose(20, 400)
        from x in Gen.Choose(-60, 120)
        from y in Gen.Choose(-60, 120)
        from seed in Gen.Choose(0, 1000)
        select (
            TestPixels.Random(width, height, format, seed, gap),
            new SimilarityTransform(scale / 100.0 * Math.Cos(angle / 100.0), scale / 100.0 * Math.Sin(angle / 100.0), x / 3.0, y / 3.0)
        );

    [Fact]
    public void Crop_equals_interpolation_in_double_precision() => SeededProperty.Check(Cases, c =>
        {
            byte[] crop = new byte[Width * Height * 3];
            BilinearWarp.WarpPortable(c.Pixels, c.Transform, Width, Height, crop);
            SimilarityTransform back = c.Transform.Invert();
            for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                double sx = back.A * x - back.B * y + back.Tx,
                    sy = back.B * x + back.A * y + back.Ty;
                for (int channel = 0; channel < 3; channel++)
                    Assert.Equal(Interpolate(c.Pixels, sx, sy, channel), crop[(y * Width + x) * 3 + channel], 0.56);
            }
        });

    [Fact]
    public void Vectors_give_the_same_bytes_as_single_pixels()
    {
        Assert.SkipUnless(Avx2.IsSupported, "this processor has no AVX2");
        SeededProperty.Check(
            Cases,
            c =>
            {
                byte[] vector = new byte[Width * Height * 3],
                    single = new byte[Width * Height * 3];
                BilinearWarp.WarpAvx2(c.Pixels, c.Transform, Width, Height, vector);
                BilinearWarp.WarpPortable(c.Pixels, c.Transform, Width, Height, single);
                Assert.Equal(single, vector);
            },
            count: 1000
        );
    }

    [Fact]
    public void Vectors_are_used_up_to_the_last_bytes_of_the_memory_and_not_beyond()
    {
        // Memory that ends with the last pixel; the crop touches all of it.
        foreach (PixelFormat format in TestPixels.Formats)
        {
            PixelView pixels = TestPixels.Random(64, 48, format, seed: 9);
            byte[] crop = new byte[64 * 48 * 3];
            BilinearWarp.Warp(pixels, new(1, 0, 0, 0), 64, 48, crop);
            for (int i = 0; i < 64 * 48; i++)
                Assert.Equal(pixels.At(i % 64, i / 64), (crop[3 * i], crop[3 * i + 1], crop[3 * i + 2]));
        }
    }

    [Fact]
    public void Everything_outside_is_black()
    {
        byte[] crop = [.. Enumerable.Repeat((byte)9, Width * Height * 3)];
        BilinearWarp.Warp(TestPixels.Random(30, 30, PixelFormat.Rgb24, seed: 1), new(1, 0, 1e9, -1e9), Width, Height, crop);

        Assert.All(crop, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Neighbours_outside_count_as_black()
    {
        PixelView white = new(new byte[] { 200 }, 1, 1, 1, PixelFormat.Gray8);
        byte[] crop = new byte[3 * 3];
        BilinearWarp.Warp(white, new(2, 0, 1, 0), 3, 1, crop);

        Assert.Equal([100, 200, 100], [crop[0], crop[3], crop[6]]);
    }

    [Fact]
    public void Transform_is_refused_when_it_cannot_be_inverted() =>
        Assert.Throws<ArgumentException>(() =>
            BilinearWarp.Warp(
                TestPixels.Random(3, 3, PixelFormat.Rgb24, seed: 1),
                new(0, 0, 1, 1),
                Width,
                Height,
                new byte[Width * Height * 3]
            )
        );

    [Fact]
    public void Crop_is_refused_when_it_is_too_short() =>
        Assert.Throws<ArgumentException>(() =>
            BilinearWarp.Warp(
                TestPixels.Random(3, 3, PixelFormat.Rgb24, seed: 1),
                new(1, 0, 1, 1),
                Width,
                Height,
                new byte[Width * Height * 3 - 1]
            )
        );

    private static double Interpolate(PixelView pixels, double x, double y, int channel)
    {
        int x0 = (int)Math.Floor(x),
            y0 = (int)Math.Floor(y);
        double fx = x - x0,
            fy = y - y0;
        return pixels.Channel(x0, y0, channel) * (1 - fx) * (1 - fy)
            + pixels.Channel(x0 + 1, y0, channel) * fx * (1 - fy)
            + pixels.Channel(x0, y0 + 1, channel) * (1 - fx) * fy
            + pixels.Channel(x0 + 1, y0 + 1, channel) * fx * fy;
    }
}
