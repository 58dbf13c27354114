using System.Text.Json.Serialization;
using Semblance.Writing;

namespace Semblance.Models;

/// <summary>What a model does.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModelKind>))]
public enum ModelKind
{
    /// <summary>Finds faces.</summary>
    Detector,

    /// <summary>Turns an aligned crop into a vector.</summary>
    Embedder,

    /// <summary>Estimates apparent age.</summary>
    Age,

    /// <summary>Estimates perceived gender.</summary>
    Gender,

    /// <summary>Names the expression.</summary>
    Emotion,

    /// <summary>Gives facial landmarks.</summary>
    Landmarks,

    /// <summary>Gives head angles.</summary>
    Pose,

    /// <summary>Says whether eyes are open.</summary>
    Eyes,

    /// <summary>Tells a live face from a picture of one.</summary>
    Liveness,

    /// <summary>Scores how usable a crop is.</summary>
    Quality,
}
