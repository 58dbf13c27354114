using Semblance.Models;

namespace Semblance.Tests.Support;

/// <summary>Manifest parts of detectors as the field's exporters make them.</summary>
internal static class DetectorOutputs
{
    public static ModelInput ScrfdInput(int side) => Input("RGB", 127.5f, 1 / 128f, side);

    public static ModelInput RetinaFaceInput(int side) => Input("BGR", 0, 1, side) with { Mean = [104, 117, 123] };

    public static ModelOutput Scrfd(int keypoints) =>
        Of(
            new()
            {
                Kind = DetectorDecoder.Scrfd,
                Strides = [8, 16, 32],
                AnchorsPerCell = [2, 2, 2],
                Thresholds = [0.5f],
                OverlapThresholds = [0.4f],
                Keypoints = keypoints,
            }
        );

    public static ModelOutput RetinaFace(int keypoints) =>
        Of(
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
                Thresholds = [0.5f],
                OverlapThresholds = [0.4f],
                Keypoints = keypoints,
            }
        );

    private static ModelOutput Of(DetectorDecoder decoder) => new() { Outputs = new Dictionary<string, ModelTensor>(), Decoder = decoder };

    private static ModelInput Input(string channels, float mean, float scale, int side) =>
        new()
        {
            Width = side,
            Height = side,
            Channels = channels,
            Mean = [mean, mean, mean],
            Scale = [scale, scale, scale],
        };
}
