namespace Semblance.Models.Importing;

/// <summary>Decoder settings of the official code of detectors whose weights circulate.</summary>
public static class OfficialDecoders
{
    private const float Threshold = 0.5f,
        OverlapThreshold = 0.4f;

    /// <summary>MTCNN as facenet-pytorch runs it.</summary>
    public static DetectorDecoder Mtcnn { get; } =
        new()
        {
            Kind = DetectorDecoder.Mtcnn,
            Thresholds = [0.6f, 0.7f, 0.7f],
            OverlapThresholds = [0.5f, 0.7f, 0.7f, 0.7f],
            Keypoints = FaceLandmarks.Count,
        };

    /// <summary>RetinaFace as biubug6/Pytorch_Retinaface trains it, for both backbones.</summary>
    /// <param name="keypoints">5, or 0 for networks without landmarks.</param>
    public static DetectorDecoder RetinaFace(int keypoints = FaceLandmarks.Count) =>
        new()
        {
            Kind = DetectorDecoder.RetinaFace,
            Strides = [8, 16, 32],
            AnchorSizes =
            [
                [16, 32],
                [64, 128],
                [256, 512],
            ],
            Variances = [0.1f, 0.2f],
            Thresholds = [Threshold],
            OverlapThresholds = [OverlapThreshold],
            Keypoints = keypoints,
        };

    /// <summary>SCRFD as InsightFace exports it: three strides with two anchors a cell, or five with one.</summary>
    /// <param name="strides">3 or 5.</param>
    /// <param name="keypoints">5, or 0 for networks without landmarks.</param>
    public static DetectorDecoder Scrfd(int strides = 3, int keypoints = FaceLandmarks.Count) =>
        new()
        {
            Kind = DetectorDecoder.Scrfd,
            Strides = [.. Enumerable.Range(0, strides).Select(level => 8 << level)],
            AnchorsPerCell = [.. Enumerable.Repeat(strides == 3 ? 2 : 1, strides)],
            Thresholds = [Threshold],
            OverlapThresholds = [OverlapThreshold],
            Keypoints = keypoints,
        };

    /// <summary>BlazeFace as hollance/BlazeFace-PyTorch runs it: 16 x 16 cells with two anchors and 8 x 8 with six, in both
    /// sizes.</summary>
    /// <param name="side">128 (front) or 256 (back).</param>
    public static DetectorDecoder BlazeFace(int side) =>
        new()
        {
            Kind = DetectorDecoder.BlazeFace,
            Strides = [side / 16, side / 8],
            AnchorsPerCell = [2, 6],
            Thresholds = [side == 128 ? 0.75f : 0.65f],
            OverlapThresholds = [0.3f],
            Keypoints = 6,
            MergedScore = DetectorDecoder.MeanScore,
        };
}
