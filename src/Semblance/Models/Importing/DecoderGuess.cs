using Semblance.Detection.RetinaFace;
using Semblance.Runtime;

namespace Semblance.Models.Importing;

/// <summary>Which decoder a detector's outputs call for, with the settings of the official code.</summary>
internal static class DecoderGuess
{
    /// <summary>The decoder of a network.</summary>
    /// <param name="id">Catalogue id, for messages.</param>
    /// <param name="signature">The network.</param>
    /// <param name="asked">What its owner says it is, or null.</param>
    /// <exception cref="ModelException">The outputs are those of no known detector.</exception>
    public static DetectorDecoder Of(string id, NetworkSignature signature, string? asked)
    {
        int[] last = [.. signature.Outputs.Select(output => output.Shape.Count > 0 ? output.Shape[^1] : NetworkTensor.Free)];
        bool landmarks = last.Contains(2 * FaceLandmarks.Count);
        bool retinaFace = asked is null
            ? last.Length is 2 or 3 && last.Contains(RetinaFaceDecoder.ScoreValues) && last.Contains(RetinaFaceDecoder.BoxValues)
            : asked == DetectorDecoder.RetinaFace;
        if (retinaFace)
            return OfficialDecoders.RetinaFace(landmarks ? FaceLandmarks.Count : 0);
        if (asked is not (null or DetectorDecoder.Scrfd))
            throw new ModelException(
                id,
                $"the decoder '{asked}' is not known; known are {DetectorDecoder.RetinaFace} and {DetectorDecoder.Scrfd}"
            );
        // InsightFace's own rule: three strides with two anchors a cell, or five with one.
        int strides = last.Length switch
        {
            6 or 9 => 3,
            10 or 15 => 5,
            _ => throw new ModelException(
                id,
                $"its outputs are those of no known detector (RetinaFace: last axes 4, 2 and 10; SCRFD: 6, 9, 10 or 15 outputs): "
                    + $"{string.Join(", ", signature.Outputs)}"
            ),
        };
        return OfficialDecoders.Scrfd(strides, last.Length == 3 * strides ? FaceLandmarks.Count : 0);
    }
}
