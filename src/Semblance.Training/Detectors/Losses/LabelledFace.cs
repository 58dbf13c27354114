using System.Numerics;
using Semblance.Geometry;

namespace Semblance.Training.Detectors.Losses;

/// <summary>A face that somebody drew.</summary>
/// <param name="Box">Its box in pixels.</param>
/// <param name="Landmarks">Eye (image left), eye, nose, mouth corner (image left), mouth corner; null where nobody marked them.</param>
/// <param name="Ignored">It is a face, but too small or unclear to learn from: what lies on it is no background either.</param>
internal sealed record LabelledFace(FaceBox Box, IReadOnlyList<Vector2>? Landmarks = null, bool Ignored = false);
