using System.Numerics;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Json;
using Semblance.Models;
using Semblance.TestSupport;

namespace Semblance.Tests.Attributes;

/// <summary>Head pose and 68 landmarks of the pack on a photograph, its mirror image and the photograph turned.</summary>
public sealed class FaceGeometryTests
{
    private const double Turn = 15 * Math.PI / 180;

    private static readonly BoxFaceAttributes Pose = new(TestModels.Catalog.Find("head-pose"), TestModels.OneThread);
    private static readonly BoxFaceAttributes Landmarks = new(TestModels.Catalog.Find("landmarks-68"), TestModels.OneThread);

    [Fact]
    public void Roll_follows_the_picture_clockwise()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        DetectedFace face = Detect(image);
        using FaceImage turned = Turned(image, face.Box.Center, out _);
        Assert.Equal(15, PoseOf(turned, face).Roll - PoseOf(image, face).Roll, 6.0);
    }

    [Fact]
    public void Yaw_and_roll_change_their_sign_in_the_mirror_and_pitch_does_not()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        DetectedFace face = Detect(image);
        using FaceImage mirrored = Mirrored(image);
        DetectedFace other = new(new(image.Width - face.Box.Right, face.Box.Y, face.Box.Width, face.Box.Height), 1, default);
        HeadPose pose = PoseOf(image, face),
            reflected = PoseOf(mirrored, other);
        Assert.Equal(-pose.Yaw, reflected.Yaw, 4.0);
        Assert.Equal(-pose.Roll, reflected.Roll, 4.0);
        Assert.Equal(pose.Pitch, reflected.Pitch, 4.0);
        Assert.NotInRange(Math.Abs(pose.Yaw) + Math.Abs(pose.Roll) + Math.Abs(pose.Pitch), 0, 1);
    }

    /// <summary>She looks up and towards the picture's right.</summary>
    [Fact]
    public void Yaw_is_negative_towards_the_pictures_right_and_pitch_positive_upwards()
    {
        using FaceImage image = FaceImage.FromFile(Path.Combine(ReferenceData.RequireUnpacked("data/photos.tar"), "profile_woman.jpg"));
        HeadPose pose = PoseOf(image, Detect(image));
        Assert.InRange(pose.Yaw, -80, -30);
        Assert.InRange(pose.Pitch, 10, 50);
    }

    [Fact]
    public void Landmarks_lie_on_the_detectors_five()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        DetectedFace face = Detect(image);
        IReadOnlyList<Vector2> points = PointsOf(image, face);
        Vector2[] five = [Mean(points, 36), Mean(points, 42), points[30], points[48], points[54]];
        for (int i = 0; i < five.Length; i++)
            Assert.InRange(Vector2.Distance(five[i], face.Landmarks[i]), 0, 0.06f * face.Box.Width);
    }

    [Fact]
    public void Landmarks_turn_with_the_picture()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        DetectedFace face = Detect(image);
        using FaceImage turned = Turned(image, face.Box.Center, out SimilarityTransform transform);
        IReadOnlyList<Vector2> before = PointsOf(image, face),
            after = PointsOf(turned, face);
        Assert.InRange(
            Enumerable.Range(0, 68).Average(i => Vector2.Distance(transform.Apply(before[i]), after[i])),
            0,
            0.03f * face.Box.Width
        );
    }

    [Fact]
    public void A_face_below_the_smallest_is_unknown_with_the_figure()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        DetectedFace small = new(new(100, 100, 20, 24), 1, default);
        Assert.Equal(
            "face too small (24 px, 32 needed)",
            Pose.Estimate(image, [small], TestContext.Current.CancellationToken)[0].Pose!.Unknown
        );
        Assert.Equal(
            "face too small (24 px, 32 needed)",
            Landmarks.Estimate(image, [small], TestContext.Current.CancellationToken)[0].Landmarks68!.Unknown
        );
    }

    [Fact]
    public void Analyzer_gives_both_and_writes_them_as_json()
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        ImageAnalysis analysis = TestModels.Analyzer.Analyze(
            image,
            FaceFeatures.Pose | FaceFeatures.Landmarks,
            TestContext.Current.CancellationToken
        );
        AnalyzedFace face = Assert.Single(analysis.Faces!);
        Assert.Equal(68, face.Landmarks68!.Value!.Points.Count);
        Assert.Null(face.Age);
        string json = SemblanceJson.Serialize(analysis);
        Assert.Contains("\"pose\":{\"yaw\":", json);
        Assert.Contains("\"landmarks68\":{\"points\":[[", json);
    }

    [Fact]
    public void A_model_of_geometry_does_not_give_an_age()
    {
        Assert.Equal("head-pose", FaceAttribute.Pose(Pose).Model);
        Assert.Contains("does not give age, only pose", Assert.Throws<ModelException>(() => FaceAttribute.Age(Pose)).Message);
        Assert.Contains("does not give pose, only landmarks", Assert.Throws<ModelException>(() => FaceAttribute.Pose(Landmarks)).Message);
    }

    private static DetectedFace Detect(FaceImage image) =>
        Assert.Single(TestModels.Mtcnn.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));

    private static HeadPose PoseOf(FaceImage image, DetectedFace face) =>
        FaceAttribute.Pose(Pose).Estimate(image, [face], TestContext.Current.CancellationToken)[0].Value!;

    private static IReadOnlyList<Vector2> PointsOf(FaceImage image, DetectedFace face) =>
        FaceAttribute.Landmarks(Landmarks).Estimate(image, [face], TestContext.Current.CancellationToken)[0].Value!.Points;

    private static Vector2 Mean(IReadOnlyList<Vector2> points, int first) =>
        Enumerable.Range(first, 6).Aggregate(Vector2.Zero, (sum, i) => sum + points[i]) / 6;

    private static FaceImage Turned(FaceImage image, Vector2 centre, out SimilarityTransform transform)
    {
        double a = Math.Cos(Turn),
            b = Math.Sin(Turn);
        transform = new(a, b, centre.X - (a * centre.X - b * centre.Y), centre.Y - (b * centre.X + a * centre.Y));
        byte[] pixels = new byte[3 * image.Width * image.Height];
        BilinearWarp.Warp(image.FullResolution, transform, image.Width, image.Height, pixels);
        return FaceImage.FromPixels(new(pixels, image.Width, image.Height, 3 * image.Width, PixelFormat.Rgb24));
    }

    private static FaceImage Mirrored(FaceImage image)
    {
        byte[] pixels = new byte[3 * image.Width * image.Height];
        BilinearWarp.Warp(image.FullResolution, new(1, 0, 0, 0), image.Width, image.Height, pixels);
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = pixels.AsSpan(3 * image.Width * y, 3 * image.Width);
            row.Reverse();
            for (int i = 0; i < row.Length; i += 3)
                row.Slice(i, 3).Reverse();
        }
        return FaceImage.FromPixels(new(pixels, image.Width, image.Height, 3 * image.Width, PixelFormat.Rgb24));
    }
}
