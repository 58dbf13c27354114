using System.Numerics;
using System.Text.Json;
using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Tests.Support;
using Semblance.TestSupport;

namespace Semblance.Tests.Alignment;

public class FaceAlignerTests(ITestOutputHelper output)
{
    /// <summary>Of the reference: mean and largest difference with another JPEG decoder.</summary>
    private const double MeanTolerance = 2;
    private const int MaxTolerance = 8;

    [Fact]
    public void Crops_equal_the_reference()
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require("reference/crops.json")));
        string photos = ReferenceData.RequireUnpacked("data/photos.tar");
        int crops = 0;
        foreach (JsonElement crop in reference.RootElement.GetProperty("crops").EnumerateArray())
        {
            Vector2[] points =
            [
                .. crop.GetProperty("landmarks").EnumerateArray().Select(p => new Vector2(p[0].GetSingle(), p[1].GetSingle())),
            ];
            using FaceImage photo = FaceImage.FromFile(Path.Combine(photos, crop.GetProperty("file").GetString()!));
            using FaceImage expected = FaceImage.FromFile(
                ReferenceData.Require(Path.Combine("reference", crop.GetProperty("crop").GetString()!))
            );
            AlignedFace aligned = new FaceAligner().Align(photo, new(default, 1, FaceLandmarks.From(points)));

            (double mean, int max) = TestPixels.Difference(expected.FullResolution, aligned.Pixels);
            output.WriteLine($"{photo.Name}: mean {mean:0.00}, max {max}");
            Assert.InRange(mean, 0, MeanTolerance);
            Assert.InRange(max, 0, MaxTolerance);
            crops++;
        }
        Assert.Equal(8, crops);
    }

    [Fact]
    public void Landmarks_lie_on_the_template_in_the_crop()
    {
        FaceLandmarks moved = ArcFaceTemplate.Points.Select(new SimilarityTransform(1.5, -0.4, 90, 80).Apply);
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(400, 300, PixelFormat.Rgb24));
        AlignedFace aligned = new FaceAligner(new() { Size = 128 }).Align(image, new(default, 1, moved));

        Assert.Equal((128, 128, PixelFormat.Rgb24), (aligned.Size, aligned.Pixels.Height, aligned.Pixels.Format));
        for (int i = 0; i < FaceLandmarks.Count; i++)
            Assert.InRange(Vector2.Distance(ArcFaceTemplate.ForSize(128)[i], aligned.Transform.Apply(moved[i])), 0, 1e-3f);
    }

    [Fact]
    public void Crop_outlives_the_image()
    {
        FaceImage image = FaceImage.FromBytes(TestFiles.Jpeg(200, 200), "photo");
        AlignedFace aligned = new FaceAligner().Align(image, Face(1));
        byte[] before = aligned.Pixels.Memory.ToArray();
        image.Dispose();

        Assert.Equal(before, aligned.Pixels.Memory.ToArray());
        Assert.Contains(before, value => value != 0);
    }

    [Fact]
    public void Several_faces_come_in_their_order()
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(400, 300, PixelFormat.Rgb24));
        DetectedFace[] faces = [Face(1), Face(2), Face(0.5f)];
        AlignedFace[] aligned = new FaceAligner().AlignMany(image, faces);

        Assert.Equal(faces, aligned.Select(a => a.Face));
        Assert.Equal(0.5, aligned[1].Transform.Scale, 1e-5);
    }

    [Fact]
    public void Prefilter_changes_nothing_when_the_face_is_less_than_twice_as_large()
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Random(300, 300, PixelFormat.Rgb24, seed: 5));
        DetectedFace face = Face(1.9f);

        Assert.Equal(
            new FaceAligner().Align(image, face).Pixels.Memory.ToArray(),
            new FaceAligner(new() { Prefilter = PrefilterMode.Area }).Align(image, face).Pixels.Memory.ToArray()
        );
    }

    [Theory]
    [InlineData(2.5f)]
    [InlineData(6.3f)]
    public void Prefilter_removes_grain_that_interpolation_would_keep(float size)
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Random(800, 800, PixelFormat.Rgb24, seed: 5));

        double plain = Deviation(new FaceAligner().Align(image, Face(size))),
            filtered = Deviation(new FaceAligner(new() { Prefilter = PrefilterMode.Area }).Align(image, Face(size)));
        Assert.InRange(filtered, 0, plain / Math.Floor(size) * 1.5);
    }

    [Fact]
    public void Prefilter_keeps_everything_at_its_place()
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(900, 900, PixelFormat.Bgrx32));
        DetectedFace face = new(default, 1, ArcFaceTemplate.Points.Select(new SimilarityTransform(5, 2, 260, 40).Apply));
        PixelView plain = new FaceAligner().Align(image, face).Pixels,
            filtered = new FaceAligner(new() { Prefilter = PrefilterMode.Area }).Align(image, face).Pixels;

        // Waves of over 100 pixels: averaging five by five changes them by a few grey levels, a shift of one pixel would by more.
        Assert.InRange(TestPixels.Difference(plain, filtered).Mean, 0, 1.2);
    }

    [Fact]
    public void Size_is_refused_when_there_is_no_template() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FaceAligner(new() { Size = 100 }));

    [Fact]
    public void Options_default_to_the_reference_alignment()
    {
        AlignmentOptions options = new FaceAligner().Options;

        Assert.Equal((112, PrefilterMode.None, ""), (options.Size, options.Prefilter, options.ContractSuffix));
        Assert.NotEqual("", (options with { Prefilter = PrefilterMode.Area }).ContractSuffix);
    }

    private static DetectedFace Face(float size) => new(default, 1, ArcFaceTemplate.Points.Select(p => p * size));

    private static double Deviation(AlignedFace face)
    {
        byte[] values = face.Pixels.Memory.ToArray();
        double mean = values.Average(v => (double)v);
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
