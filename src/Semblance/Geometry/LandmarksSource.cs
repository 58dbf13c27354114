using System.Text.Json.Serialization;
using Semblance.Writing;

namespace Semblance.Geometry;

/// <summary>Where five landmarks come from.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<LandmarksSource>))]
public enum LandmarksSource
{
    /// <summary>The detector gives all five.</summary>
    Detector,

    /// <summary>BlazeFace: eyes and nose are the detector's, the mouth corners are estimated from its mouth centre.</summary>
    EstimatedMouth,

    /// <summary>The detector gives boxes alone; the landmarks are all zero and nothing can be aligned by them.</summary>
    None,
}
