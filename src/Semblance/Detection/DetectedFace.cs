using System.Numerics;

namespace Semblance.Detection;

/// <summary>One face found in an image, in pixels of the upright full-resolution image.</summary>
/// <param name="Box">Where it is; may reach outside the image.</param>
/// <param name="Score">The detector's confidence, 0 to 1. Comparable within one detector only; not a probability.</param>
/// <param name="Landmarks">Five points for alignment; all zero when <see cref="LandmarksSource"/> is
/// <see cref="LandmarksSource.None"/>.</param>
public sealed record DetectedFace(FaceBox Box, float Score, FaceLandmarks Landmarks)
{
    /// <summary>Where <see cref="Landmarks"/> come from.</summary>
    public LandmarksSource LandmarksSource { get; init; } = LandmarksSource.Detector;

    /// <summary>By how much the face is turned clockwise as compared with one that stands upright, where it was found so: 90, 180 or 270
    /// degrees; 0 where it was found in the picture as it came.</summary>
    public int Turned { get; init; }

    /// <summary>
    /// All points the detector gave when they are not the five landmarks. BlazeFace: right eye, left eye, nose tip, mouth centre,
    /// right ear tragion, left ear tragion. Empty otherwise.
    /// </summary>
    public IReadOnlyList<Vector2> Keypoints { get; init; } = [];
}
