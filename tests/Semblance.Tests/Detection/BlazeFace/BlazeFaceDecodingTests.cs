using System.Numerics;
using Semblance.Detection;
using Semblance.Detection.BlazeFace;
using Semblance.Imaging;
using Semblance.TestSupport;

namespace Semblance.Tests.Detection.BlazeFace;

public sealed class BlazeFaceDecodingTests
{
    [Fact]
    public void Short_range_anchors_are_two_for_16x16_cells_and_six_for_8x8()
    {
        Vector2[] anchors = BlazeFaceAnchors.Create(128, [8, 16], [2, 6]);
        Assert.Equal(896, anchors.Length);
        Assert.Equal(new Vector2(0.5f / 16, 0.5f / 16), anchors[1]);
        Assert.Equal(new Vector2(1.5f / 16, 0.5f / 16), anchors[2]);
        Assert.Equal(new Vector2(0.5f / 8, 0.5f / 8), anchors[512]);
        Assert.Equal(new Vector2(7.5f / 8, 7.5f / 8), anchors[895]);
    }

    [Fact]
    public void Decoding_adds_the_anchor_and_takes_sizes_as_they_are()
    {
        BlazeFaceDecoder decoder = new(100, [new(0.5f, 0.25f)]);
        float[] raw = [10, -5, 20, 40, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BlazeFaceCandidate face = Assert.Single(decoder.Decode(raw, [0], 0.5f));
        Assert.Equal(0.5f, face.Score);
        Assert.Equal(new FaceBox(50, 0, 20, 40), face.Box);
        Assert.Equal(new Vector2(51, 27), face.Points[2]);
    }

    [Fact]
    public void Merging_averages_by_score_and_keeps_the_highest()
    {
        BlazeFaceCandidate a = Candidate(0.8f, 0),
            b = Candidate(0.4f, 3),
            far = Candidate(0.6f, 100);
        List<BlazeFaceCandidate> merged = WeightedSuppression.Merge([b, far, a], 0.3f, MergedScore.Highest);
        Assert.Equal([0.8f, 0.6f], merged.Select(face => face.Score));
        Assert.Equal(1, merged[0].Box.X, 1e-5f);
        Assert.Equal(0.6f, WeightedSuppression.Merge([a, b], 0.3f, MergedScore.Mean)[0].Score, 1e-6f);
    }

    [Theory]
    [InlineData("blazeface-short")]
    [InlineData("blazeface-full")]
    public void Both_ranges_find_the_portrait_with_estimated_mouth_corners_around_the_mouth(string id)
    {
        using FaceImage image = FaceImage.FromFile(ReferenceData.Sample("astronaut.png"));
        BlazeFaceDetector detector = id == "blazeface-short" ? TestModels.ShortRange : TestModels.FullRange;
        DetectedFace face = Assert.Single(detector.Detect(image, DetectionOptions.Default, TestContext.Current.CancellationToken));
        Assert.True(face.Box.IntersectionOverUnion(new(179, 63, 89, 111)) > 0.5);
        Assert.Equal(LandmarksSource.EstimatedMouth, face.LandmarksSource);
        Assert.Equal(6, face.Keypoints.Count);
        Vector2 middle = (face.Landmarks.RightMouthCorner + face.Landmarks.LeftMouthCorner) / 2;
        Assert.InRange(Vector2.Distance(middle, face.Keypoints[3]), 0, 0.01f);
        Assert.InRange(Vector2.Distance(face.Landmarks.RightEye, new(205, 102)), 0, 6);
    }

    private static BlazeFaceCandidate Candidate(float score, float x) => new(score, [new(x, 0), new(x + 20, 20), .. new Vector2[6]]);
}
