using System.Numerics;
using Semblance.Conversion.Onnx;
using Semblance.Detection;
using Semblance.Detection.Scrfd;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;
using Semblance.Tests.Support;

namespace Semblance.Tests.Detection.Scrfd;

/// <summary>The output layouts that circulate, made small: a 64 x 64 input has 128, 32 and 8 anchors.</summary>
public sealed class ScrfdLayoutTests : IDisposable
{
    private static readonly int[] Strides = [8, 16, 32],
        Anchors = [128, 32, 8];

    private readonly TemporaryModels _models = new();

    public void Dispose() => _models.Dispose();

    public enum OutputOrder
    {
        KindThenStride,
        StrideThenKind,
        ByShape,
    }

    [Theory]
    [InlineData(OutputOrder.KindThenStride, true, true, 64)]
    [InlineData(OutputOrder.KindThenStride, false, true, 64)]
    [InlineData(OutputOrder.KindThenStride, true, false, 0)]
    [InlineData(OutputOrder.StrideThenKind, false, true, 0)]
    [InlineData(OutputOrder.StrideThenKind, true, false, 64)]
    [InlineData(OutputOrder.ByShape, false, true, 64)]
    [InlineData(OutputOrder.ByShape, true, true, 0)]
    [InlineData(OutputOrder.ByShape, false, false, 0)]
    public void The_same_face_comes_out_of_every_layout(OutputOrder order, bool withBatch, bool withKeypoints, int fixedSide)
    {
        InstalledModel model = _models.Add(
            "scrfd",
            ModelKind.Detector,
            Network(order, withBatch, withKeypoints, fixedSide),
            DetectorOutputs.ScrfdInput(fixedSide),
            DetectorOutputs.Scrfd(withKeypoints ? 5 : 0)
        );
        using ScrfdDetector detector = new(model, new() { LongestSide = 64 }, TestModels.OneThread);
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(128, 128, PixelFormat.Rgb24));

        DetectedFace face = Assert.Single(detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));

        // Anchor 13 of stride 16: cell 6, column 2 and row 1 of four, so centre (32, 16), twice that in the picture.
        Assert.Equal(0.9f, face.Score);
        Assert.Equal(FaceBox.FromCorners(64 - 32, 32 - 16, 64 + 64, 32 + 48), face.Box);
        Assert.Equal(withKeypoints ? LandmarksSource.Detector : LandmarksSource.None, face.LandmarksSource);
        Assert.Equal(withKeypoints ? new Vector2(64 + 32 * 0.1f, 32 + 32 * 0.2f) : Vector2.Zero, face.Landmarks.RightEye);
        Assert.Equal(withKeypoints ? new Vector2(64 + 32 * 0.9f, 32 + 32 * 1.0f) : Vector2.Zero, face.Landmarks.LeftMouthCorner);
    }

    [Fact]
    public void A_manifest_that_promises_keypoints_which_the_network_lacks_fails_when_loaded()
    {
        InstalledModel model = _models.Add(
            "boxes",
            ModelKind.Detector,
            Network(OutputOrder.ByShape, withBatch: true, withKeypoints: false, 64),
            DetectorOutputs.ScrfdInput(64),
            DetectorOutputs.Scrfd(5)
        );
        using ScrfdDetector detector = new(model);
        Assert.Contains("has no keypoints", Assert.Throws<ModelException>(((IWarmable)detector).Warm).Message);
    }

    [Fact]
    public void A_network_of_another_size_than_promised_fails_when_loaded()
    {
        InstalledModel model = _models.Add(
            "size",
            ModelKind.Detector,
            Network(OutputOrder.ByShape, withBatch: true, withKeypoints: true, 64),
            DetectorOutputs.ScrfdInput(320),
            DetectorOutputs.Scrfd(5)
        );
        using ScrfdDetector detector = new(model);
        Assert.Contains("320 pixels", Assert.Throws<ModelException>(((IWarmable)detector).Warm).Message);
    }

    [Fact]
    public void A_face_without_landmarks_cannot_be_aligned_and_the_error_says_why()
    {
        InstalledModel model = _models.Add(
            "boxes",
            ModelKind.Detector,
            Network(OutputOrder.ByShape, withBatch: true, withKeypoints: false, 64),
            DetectorOutputs.ScrfdInput(64),
            DetectorOutputs.Scrfd(0)
        );
        using FaceAnalyzer analyzer = FaceAnalyzer
            .CreateBuilder()
            .UseDetector(new ScrfdDetector(model))
            .UseCatalog(TestModels.Catalog)
            .Build();
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(128, 128, PixelFormat.Rgb24));
        Assert.Single(analyzer.Analyze(image, FaceFeatures.None, TestContext.Current.CancellationToken).Faces!);
        NoLandmarksException error = Assert.Throws<NoLandmarksException>(() =>
            analyzer.Analyze(image, FaceFeatures.Embedding, TestContext.Current.CancellationToken)
        );
        Assert.Contains("keypoints", error.Message);
    }

    private static OnnxModel Network(OutputOrder order, bool withBatch, bool withKeypoints, int fixedSide)
    {
        List<(int Kind, int Level, (string, long[], float[]) Output)> outputs = [];
        int[] values = withKeypoints ? [1, 4, 10] : [1, 4];
        for (int kind = 0; kind < values.Length; kind++)
        for (int level = 0; level < Strides.Length; level++)
        {
            float[] numbers = new float[Anchors[level] * values[kind]];
            if (level == 1)
                Face(kind).CopyTo(numbers, 13 * values[kind]);
            outputs.Add(
                (
                    kind,
                    level,
                    ($"{100 * kind + level}", withBatch ? [1, Anchors[level], values[kind]] : [Anchors[level], values[kind]], numbers)
                )
            );
        }
        IEnumerable<(int Kind, int Level, (string, long[], float[]) Output)> sorted = order switch
        {
            OutputOrder.KindThenStride => outputs.OrderBy(o => (o.Kind, o.Level)),
            OutputOrder.StrideThenKind => outputs.OrderBy(o => (o.Level, o.Kind)),
            _ => outputs.OrderBy(o => (-o.Level, -o.Kind)),
        };
        IReadOnlyList<OnnxAxis> input = fixedSide > 0 ? [1, 3, fixedSide, fixedSide] : [1, 3, "height", "width"];
        return SmallNetworks.Constant(input, [.. sorted.Select(o => o.Output)]);
    }

    private static float[] Face(int kind) =>
        kind switch
        {
            0 => [0.9f],
            1 => [1, 0.5f, 2, 1.5f],
            _ => [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1.0f],
        };
}
