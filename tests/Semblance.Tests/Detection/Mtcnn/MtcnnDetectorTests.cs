using Semblance.Detection;
using Semblance.Detection.Mtcnn;
using Semblance.Imaging;
using Semblance.TestSupport;
using SkiaSharp;

namespace Semblance.Tests.Detection.Mtcnn;

public sealed class MtcnnDetectorTests
{
    /// <summary>Where the face of the sample portrait is.</summary>
    private static readonly FaceBox Portrait = new(179, 63, 89, 111);

    [Fact]
    public void A_face_that_fills_the_frame_is_found_when_candidates_are_padded()
    {
        using SKBitmap crop = Crop((int)Portrait.X + 4, (int)Portrait.Y + 4, (int)Portrait.Width - 8, (int)Portrait.Height - 8);
        using FaceImage image = FaceImage.FromBitmap(crop);
        DetectedFace face = Assert.Single(TestModels.Mtcnn.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
        Assert.InRange(face.Landmarks.RightEye.X, 15, 30);
        Assert.InRange(face.Landmarks.LeftEye.X, 55, 75);
    }

    [Fact]
    public void A_face_of_twenty_pixels_in_four_thousand_is_found()
    {
        using SKBitmap large = new(new SKImageInfo(4000, 3000, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(large);
        canvas.Clear(new SKColor(120, 130, 140));
        using SKImage portrait = SKImage.FromEncodedData(ReferenceData.Sample("astronaut.png"));
        // The face of 111 pixels becomes one of 24.
        float side = 512 * 24f / 111;
        canvas.DrawImage(portrait, SKRect.Create(3000, 2000, side, side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        using FaceImage image = FaceImage.FromBitmap(large);
        IReadOnlyList<DetectedFace> faces = TestModels.Mtcnn.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken);
        FaceBox expected = new(
            3000 + Portrait.X * side / 512,
            2000 + Portrait.Y * side / 512,
            Portrait.Width * side / 512,
            Portrait.Height * side / 512
        );
        Assert.Contains(faces, face => face.Box.IntersectionOverUnion(expected) > 0.5);
    }

    [Fact]
    public void Faces_below_the_score_asked_for_are_left_out()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        Assert.Empty(TestModels.Mtcnn.Detect(image, new() { MinScore = 0.99999f }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_larger_smallest_face_finds_the_same_face_from_a_reduced_picture()
    {
        byte[] jpeg = EnlargedJpeg(2048);
        using FaceImage image = FaceImage.FromBytes(jpeg, "large");
        DetectedFace face = Assert.Single(
            TestModels.Mtcnn.Detect(image, new() { MinFaceSize = 300 }, TestContext.Current.CancellationToken)
        );
        Assert.True(face.Box.IntersectionOverUnion(new(4 * Portrait.X, 4 * Portrait.Y, 4 * Portrait.Width, 4 * Portrait.Height)) > 0.85);
    }

    [Fact]
    public void A_picture_smaller_than_a_window_has_no_face()
    {
        using SKBitmap tiny = new(5, 3);
        using FaceImage image = FaceImage.FromBitmap(tiny);
        Assert.Empty(TestModels.Mtcnn.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Cancelling_stops_the_work()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            TestModels.Mtcnn.Detect(image, DetectionOptions.Default, new CancellationToken(canceled: true))
        );
    }

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        Assert.Equal(BorderHandling.Pad, MtcnnOptions.Default.Border);
        Assert.Equal(
            (20f, 0.709, 0.6f, 0.7f, 0.7f, 0.3f),
            (
                MtcnnOptions.Default.MinFaceSize,
                MtcnnOptions.Default.PyramidFactor,
                MtcnnOptions.Default.ProposalThreshold,
                MtcnnOptions.Default.RefinementThreshold,
                MtcnnOptions.Default.MinScore,
                MtcnnOptions.Default.ScoreFloor
            )
        );
        Assert.Equal(BorderHandling.Cut, MtcnnOptions.Official.Border);
    }

    private static SKBitmap Crop(int x, int y, int width, int height)
    {
        using SKBitmap whole = SKBitmap.Decode(ReferenceData.Sample("astronaut.png"));
        SKBitmap crop = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(crop);
        canvas.DrawBitmap(whole, -x, -y, new SKSamplingOptions(SKFilterMode.Nearest), null);
        canvas.Flush();
        return crop;
    }

    private static byte[] EnlargedJpeg(int side)
    {
        using SKImage portrait = SKImage.FromEncodedData(ReferenceData.Sample("astronaut.png"));
        using SKSurface surface = SKSurface.Create(new SKImageInfo(side, side));
        surface.Canvas.DrawImage(portrait, SKRect.Create(side, side), new SKSamplingOptions(SKFilterMode.Linear));
        using SKImage large = surface.Snapshot();
        using SKData data = large.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }
}
