using Semblance.Detection;
using Semblance.Geometry;

namespace Semblance.Evaluation.Running;

/// <summary>A found face as numbers, the way results are kept: left, top, width, height, score, and ten coordinates of landmarks.</summary>
internal static class FaceValues
{
    /// <summary>The numbers of a face.</summary>
    public static float[] Of(FaceBox box, float score, FaceLandmarks landmarks) =>
        [box.X, box.Y, box.Width, box.Height, score, .. landmarks.ToArray().SelectMany(p => (float[])[p.X, p.Y])];

    /// <summary>The face of such numbers.</summary>
    public static DetectedFace Read(float[] v) =>
        new(
            new(v[0], v[1], v[2], v[3]),
            v[4],
            new(new(v[5], v[6]), new(v[7], v[8]), new(v[9], v[10]), new(v[11], v[12]), new(v[13], v[14]))
        );
}
