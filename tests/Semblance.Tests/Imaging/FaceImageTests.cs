using System.Runtime.InteropServices;
using Semblance.Imaging;
using Semblance.Tests.Support;
using SkiaSharp;

namespace Semblance.Tests.Imaging;

public class FaceImageTests
{
    [Fact]
    public void Stream_and_bytes_and_file_give_the_same_pixels()
    {
        byte[] jpeg = TestFiles.Jpeg(60, 40);
        string path = Path.Combine(Directory.CreateTempSubdirectory("semblance-").FullName, "grün 顔.jpg");
        File.WriteAllBytes(path, jpeg);
        using FaceImage file = FaceImage.FromFile(path),
            bytes = FaceImage.FromBytes(jpeg, "b"),
            stream = FaceImage.FromStream(new MemoryStream(jpeg), "s");

        Assert.Equal(bytes.FullResolution.Memory.ToArray(), file.FullResolution.Memory.ToArray());
        Assert.Equal(bytes.FullResolution.Memory.ToArray(), stream.FullResolution.Memory.ToArray());
        Assert.Equal((path, "b", "s"), (file.Name, bytes.Name, stream.Name));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Stream_is_read_whole_when_it_cannot_seek_and_gives_little_at_a_time()
    {
        byte[] png = TestFiles.Encode(TestPixels.Random(900, 700, PixelFormat.Rgb24, seed: 3), SKEncodedImageFormat.Png);
        Assert.True(png.Length > 1_500_000);
        using FaceImage image = FaceImage.FromStream(new TricklingStream(png), "pipe");

        Assert.Equal((0.0, 0), TestPixels.Difference(TestPixels.Random(900, 700, PixelFormat.Rgb24, seed: 3), image.FullResolution));
    }

    [Fact]
    public void Size_is_known_from_the_header_when_the_pixels_are_cut_off()
    {
        using FaceImage image = FaceImage.FromBytes(TestFiles.Truncated(TestFiles.Jpeg(640, 480), 0.3), "cut.jpg");

        Assert.Equal((640, 480), (image.Width, image.Height));
        Assert.Throws<ImageFormatException>(() => image.FullResolution);
    }

    [Fact]
    public void Full_resolution_is_decoded_once()
    {
        using FaceImage image = FaceImage.FromBytes(TestFiles.Jpeg(60, 40), "once");

        Assert.True(image.FullResolution.Memory.Equals(image.FullResolution.Memory));
        Assert.True(image.DecodingTime > TimeSpan.Zero);
    }

    [Fact]
    public void Pixels_are_gone_after_Dispose()
    {
        FaceImage image = FaceImage.FromBytes(TestFiles.Jpeg(60, 40), "gone");
        PixelView view = image.FullResolution;
        image.Dispose();

        Assert.Throws<ObjectDisposedException>(() => image.FullResolution);
        Assert.Throws<ObjectDisposedException>(() => view.Row(0).Length);
    }

    [Fact]
    public void Lent_pixels_are_not_copied()
    {
        PixelView view = TestPixels.Random(7, 5, PixelFormat.Bgr24, seed: 1, gap: 11);
        using FaceImage image = FaceImage.FromPixels(view);

        Assert.Equal(view, image.FullResolution);
        Assert.Equal(view.Stride, image.FullResolution.Stride);
    }

    [Theory]
    [InlineData(6, 5, 17, "Stride")]
    [InlineData(6, 5, 18, "bytes cannot hold")]
    [InlineData(0, 5, 18, "positive sizes")]
    public void Lent_pixels_are_refused_when_the_memory_cannot_hold_them(int width, int height, int stride, string problem)
    {
        PixelView view = new(new byte[89], width, height, stride, PixelFormat.Rgb24);

        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => FaceImage.FromPixels(view)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKColorType.Rgba8888, PixelFormat.Rgbx32)]
    [InlineData(SKColorType.Bgra8888, PixelFormat.Bgrx32)]
    [InlineData(SKColorType.Gray8, PixelFormat.Gray8)]
    public unsafe void Bitmap_is_lent_without_a_copy(SKColorType type, PixelFormat format)
    {
        using SKBitmap bitmap = new(5, 4, type, SKAlphaType.Opaque);
        bitmap.Erase(new SKColor(200, 100, 50));
        using FaceImage image = FaceImage.FromBitmap(bitmap, "bitmap");

        Assert.Equal(format, image.FullResolution.Format);
        fixed (byte* address = image.FullResolution.Memory.Span)
            Assert.Equal(bitmap.GetPixels(), (nint)address);
    }

    [Fact]
    public void Bitmap_of_another_type_is_converted()
    {
        using SKBitmap bitmap = new(5, 4, SKColorType.Rgb565, SKAlphaType.Opaque);
        bitmap.Erase(new SKColor(255, 0, 255));
        using FaceImage image = FaceImage.FromBitmap(bitmap);

        Assert.Equal((255, 0, 255), image.FullResolution.At(4, 3));
    }

    [Fact]
    public void Image_can_be_used_from_many_threads()
    {
        byte[] jpeg = TestFiles.Jpeg(320, 240);
        using FaceImage alone = FaceImage.FromBytes(jpeg, "alone"),
            shared = FaceImage.FromBytes(jpeg, "shared");
        byte[][] expected = [.. Enumerable.Range(0, 4).Select(i => alone.AtScale(Math.Pow(0.5, i)).Pixels.Memory.ToArray())];

        Parallel.For(0, 64, i => Assert.Equal(expected[i % 4], shared.AtScale(Math.Pow(0.5, i % 4)).Pixels.Memory.ToArray()));
    }

    [Fact]
    public void Decoding_allocates_little_managed_memory()
    {
        byte[] jpeg = TestFiles.Jpeg(1600, 1200);
        Decode();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
            Decode();

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 5, 0, 64 * 1024);

        void Decode()
        {
            using FaceImage image = FaceImage.FromStream(new MemoryStream(jpeg), "again");
            Assert.Equal(1600 * 4, MemoryMarshal.AsBytes(image.FullResolution.Row(1199)).Length);
        }
    }

    /// <summary>A pipe: no length, and 1,000 bytes at a time.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1000, buffer.Length)]);
    }
}
