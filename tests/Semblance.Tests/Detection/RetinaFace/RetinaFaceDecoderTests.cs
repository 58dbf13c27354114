using System.Numerics;
using Semblance.Detection;
using Semblance.Detection.RetinaFace;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Tests.Support;

namespace Semblance.Tests.Detection.RetinaFace;

public sealed class RetinaFaceDecoderTests : IDisposable
{
    private readonly TemporaryModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData(640, 640, 16800)]
    [InlineData(64, 64, 168)]
    [InlineData(65, 33, 2 * (9 * 5 + 5 * 3 + 3 * 2))]
    public void Priors_are_counted_with_incomplete_cells(int width, int height, int expected) =>
        Assert.Equal(expected, Decoder(5).CountPriors(width, height));

    [Fact]
    public void A_prior_is_moved_by_its_side_and_stretched_by_the_exponential()
    {
        // 64 x 32: stride 8 has 8 x 4 cells of two priors; index 2 * (1 * 8 + 2) + 1 is column 2, row 1, side 32, centre (20, 12).
        const int index = 21;
        int priors = Decoder(5).CountPriors(64, 32);
        float[] boxes = new float[4 * priors],
            scores = new float[2 * priors],
            landmarks = new float[10 * priors];
        float[] regression = [0.5f, -0.25f, 0, 5 * MathF.Log(2)];
        regression.CopyTo(boxes, 4 * index);
        scores[2 * index + 1] = 0.75f;
        landmarks[10 * index + 2] = 1;
        landmarks[10 * index + 3] = -2;

        DetectedFace face = Assert.Single(Faces(Decoder(5).Decode(64, 32, boxes, scores, landmarks, 0.5f)));

        // Centre (20 + 0.5 * 3.2, 12 - 0.25 * 3.2), width 32, height 32 * exp(0.2 * 5 ln 2) = 64.
        Assert.Equal(0.75f, face.Score);
        Assert.Equal(21.6f - 16, face.Box.X, 1e-4f);
        Assert.Equal(11.2f - 32, face.Box.Y, 1e-4f);
        Assert.Equal(32, face.Box.Width, 1e-4f);
        Assert.Equal(64, face.Box.Height, 1e-3f);
        Assert.Equal(new Vector2(20, 12), face.Landmarks.RightEye);
        Assert.InRange(Vector2.Distance(new(20 + 3.2f, 12 - 6.4f), face.Landmarks.LeftEye), 0, 1e-4f);
    }

    [Fact]
    public void Each_level_has_its_own_lowest_score_where_several_are_given()
    {
        RetinaFaceDecoder decoder = Decoder(5);
        int priors = decoder.CountPriors(64, 32);
        float[] scores = new float[2 * priors];
        // The first prior of stride 8, and the last one, of the largest stride.
        scores[1] = scores[2 * priors - 1] = 0.7f;
        Assert.Equal((2, 0), (Count(0.6f), Count(0.8f)));
        Assert.Equal((1, 1, 0), (Count(0.6f, 1, 0.8f), Count(0.8f, 1, 0.6f), Count(0.8f, 0.6f, 0.8f)));

        int Count(params float[] minScores) =>
            Faces(decoder.Decode(64, 32, new float[4 * priors], scores, new float[10 * priors], minScores)).Count;
    }

    [Fact]
    public void A_decoder_with_thresholds_for_some_strides_alone_is_refused() =>
        Assert.Contains(
            "2 thresholds for 3 strides",
            Assert
                .Throws<ModelException>(() =>
                    new RetinaFaceDecoder("x", DetectorOutputs.RetinaFace(5).Decoder! with { Thresholds = [0.5f, 0.6f] })
                )
                .Message
        );

    [Fact]
    public void A_decoder_without_anchor_sizes_is_refused() =>
        Assert.Contains(
            "anchorSizes",
            Assert
                .Throws<ModelException>(() =>
                    new RetinaFaceDecoder("x", DetectorOutputs.RetinaFace(5).Decoder! with { AnchorSizes = null })
                )
                .Message
        );

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void Outputs_are_told_apart_by_their_last_axis_whatever_their_names(int keypoints)
    {
        float[] scores = new float[2 * 168];
        scores[2 * 3 + 1] = 0.8f;
        List<(string, long[], float[])> outputs = [("a", [1, 168, 2], scores), ("b", [1, 168, 4], new float[4 * 168])];
        if (keypoints > 0)
            outputs.Insert(0, ("c", [1, 168, 10], new float[10 * 168]));
        InstalledModel model = _models.Add(
            "retina",
            ModelKind.Detector,
            SmallNetworks.Constant([1, 3, 64, 64], outputs),
            DetectorOutputs.RetinaFaceInput(64),
            DetectorOutputs.RetinaFace(keypoints)
        );
        using RetinaFaceDetector detector = new(model);
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(32, 32, PixelFormat.Rgb24));
        DetectedFace face = Assert.Single(detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
        // Prior 3: column 1, side 32, centre (12, 4); half that in the picture of half the size.
        Assert.Equal(FaceBox.FromCorners(-2, -6, 14, 10), face.Box);
        Assert.Equal(keypoints > 0 ? new Vector2(6, 2) : Vector2.Zero, face.Landmarks.NoseTip);
    }

    [Fact]
    public void A_network_with_other_anchors_than_promised_is_refused_with_both_numbers()
    {
        InstalledModel model = _models.Add(
            "retina",
            ModelKind.Detector,
            SmallNetworks.Constant([1, 3, 64, 64], ("a", [1, 84, 2], new float[168]), ("b", [1, 84, 4], new float[336])),
            DetectorOutputs.RetinaFaceInput(64),
            DetectorOutputs.RetinaFace(0)
        );
        using RetinaFaceDetector detector = new(model);
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(32, 32, PixelFormat.Rgb24));
        ModelException error = Assert.Throws<ModelException>(() =>
            detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken)
        );
        Assert.Contains("84", error.Message);
        Assert.Contains("168", error.Message);
    }

    private static RetinaFaceDecoder Decoder(int keypoints) => new("test", DetectorOutputs.RetinaFace(keypoints).Decoder!);

    private static List<DetectedFace> Faces(FaceCandidates candidates)
    {
        using FaceImage image = FaceImage.FromPixels(TestPixels.Smooth(64, 32, PixelFormat.Rgb24));
        return candidates.ToFaces(NetworkView.Whole(image, 1, 1), 0.4f, 100, 100);
    }
}
