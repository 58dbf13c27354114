using System.Numerics;
using System.Text.Json.Serialization;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Quality;

namespace Semblance;

/// <summary>One face and what was asked about it. Coordinates are pixels of the upright image.</summary>
public sealed record AnalyzedFace : FaceAttributes
{
    /// <summary>Where it is; may reach outside the image.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>The detector's confidence, 0 to 1; not a probability.</summary>
    public required float Score { get; init; }

    /// <summary>
    /// Right eye, left eye, nose tip, right and left mouth corner of the person. All zero (and an empty list in JSON) when the detector
    /// gives boxes alone; <see cref="LandmarksSource"/> says so.
    /// </summary>
    public required FaceLandmarks Landmarks { get; init; }

    /// <summary>Where the landmarks come from; null means the detector.</summary>
    public LandmarksSource? LandmarksSource { get; init; }

    /// <summary>By how much the face is turned clockwise as compared with one that stands upright, where it was found so: 90, 180 or 270
    /// degrees; null where it was found in the picture as it came. Box and points are those of the picture as it came in any
    /// case.</summary>
    public int? Turned { get; init; }

    /// <summary>All points of the detector, when they are not the five landmarks.</summary>
    [JsonConverter(typeof(PointListConverter))]
    public IReadOnlyList<Vector2>? Keypoints { get; init; }

    /// <summary>How usable the face is; null when not asked for.</summary>
    public FaceQuality? Quality { get; init; }

    /// <summary>The unit vector; null when not asked for.</summary>
    public FaceEmbedding? Embedding { get; init; }

    /// <summary>All attributes that were asked for, on their own.</summary>
    [JsonIgnore]
    public FaceAttributes Attributes => AttributeDescriptor.CopyAll(this, new());

    /// <summary>Who it is; null when not asked for.</summary>
    [JsonPropertyOrder(1)]
    public FacePerson? Person { get; init; }

    /// <summary>The aligned crop; null when not asked for. It stays valid when the picture is disposed of.</summary>
    [JsonIgnore]
    public AlignedFace? Crop { get; init; }

    /// <summary>The detection without what was added to it.</summary>
    [JsonIgnore]
    public DetectedFace Detection =>
        new(Box, Score, Landmarks)
        {
            LandmarksSource = LandmarksSource ?? Semblance.Geometry.LandmarksSource.Detector,
            Keypoints = Keypoints ?? [],
            Turned = Turned ?? 0,
        };

    /// <summary>The face with what was said of it.</summary>
    internal AnalyzedFace With(FaceAttributes attributes) => (AnalyzedFace)AttributeDescriptor.CopyAll(attributes, this);

    internal static AnalyzedFace From(DetectedFace face) =>
        new()
        {
            Box = face.Box,
            Score = face.Score,
            Landmarks = face.Landmarks,
            LandmarksSource = face.LandmarksSource == Semblance.Geometry.LandmarksSource.Detector ? null : face.LandmarksSource,
            Keypoints = face.Keypoints.Count == 0 ? null : face.Keypoints,
            Turned = face.Turned == 0 ? null : face.Turned,
        };
}
