using Semblance.Detection;
using Semblance.Detection.RetinaFace;

namespace Semblance.Models.Importing;

/// <summary>Which decoder a detector's outputs call for, with the settings of the official code.</summary>
internal static class DecoderGuess
{
    private const float Threshold = 0.5f, OverlapThreshold = 0.4f;

    /// <summary>The decoder of a network.</summary>
    /// <param name="id">Catalogue id, for messages.</param>
    /// <param name="signature">The network.</param>
    /// <param name="asked">What its owner says it is, or null.</param>
    /// <exception cref="ModelException">The outputs are those of no known detector.</exception>
    public static DetectorDecoder Of(string id, NetworkSignature signature, string? asked)
    {
        int[] last = [.. signature.Outputs.Select(output => output.Shape.Count > 0 ? output.Shape[^1] : NetworkTensor.Free)];
        bool landmarks = last.Contains(2 * FaceLandmarks.Count);
        bool retinaFace = asked is null ? last.Length is 2 or 3 && last.Contains(RetinaFaceDecoder.ScoreValues) && last.Contains(RetinaFaceDecoder.BoxValues) : asked == DetectorDecoder.RetinaFace;
        if (retinaFace)
        {
            return new()
            {
                Kind = DetectorDecoder.RetinaFace, Strides = [8, 16, 32], AnchorSizes = [[16, 32], [64, 128], [256, 512]], Variances = [0.1f, 0.2f],
                Thresholds = [Threshold], OverlapThresholds = [OverlapThreshold], Keypoints = landmarks ? FaceLandmarks.Count : 0,
            };
        }
        if (asked is not (null or DetectorDecoder.Scrfd))
            throw new ModelException(id, $"the decoder '{asked}' is not known; known are {DetectorDecoder.RetinaFace} and {DetectorDecoder.Scrfd}");
        // InsightFace's own rule: three strides with two anchors a cell, or five with one.
        (int strides, int anchors) = last.Length switch
        {
            6 or 9 => (3, 2),
            10 or 15 => (5, 1),
            _ => throw new ModelException(
                id, $"its outputs are those of no known detector (RetinaFace: last axes 4, 2 and 10; SCRFD: 6, 9, 10 or 15 outputs): {string.Join(", ", signature.Outputs)}"),
        };
        return new()
        {
            Kind = DetectorDecoder.Scrfd, Strides = [.. Enumerable.Range(0, strides).Select(level => 8 << level)], AnchorsPerCell = [.. Enumerable.Repeat(anchors, strides)],
            Thresholds = [Threshold], OverlapThresholds = [OverlapThreshold], Keypoints = last.Length == 3 * strides ? FaceLandmarks.Count : 0,
        };
    }
}
