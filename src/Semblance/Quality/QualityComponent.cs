using System.Text.Json.Serialization;

namespace Semblance.Quality;

/// <summary>One thing that was measured about a face.</summary>
/// <param name="Name">What, in the terms of ISO/IEC 29794-5 where it has one; see the constants.</param>
/// <param name="Value">The measured figure, in the unit that the constant states.</param>
/// <param name="Factor">What it makes of the score: 1 nothing, 0 makes the face useless.</param>
public sealed record QualityComponent(string Name, double Value, double Factor)
{
    /// <summary>Side of the square that the aligned crop shows, in pixels of the picture; the eyes of a frontal face are 0.31 of it
    /// apart.</summary>
    public const string Size = "size";

    /// <summary>Mean magnitude of the Laplacian of the luminance over its standard deviation.</summary>
    public const string Sharpness = "sharpness";

    /// <summary>Mean luminance as under-exposure shows in it, 0 to 255.</summary>
    public const string UnderExposure = "underExposure";

    /// <summary>Mean luminance as over-exposure shows in it, 0 to 255.</summary>
    public const string OverExposure = "overExposure";

    /// <summary>Standard deviation of the luminance, 0 to 255.</summary>
    public const string Contrast = "contrast";

    /// <summary>How far the nose stands off the line from eyes to mouth, in lengths of that line.</summary>
    public const string HeadPose = "headPose";

    /// <summary>Share of the crop that lies inside the picture, 0 to 1.</summary>
    public const string InsidePicture = "insidePicture";

    /// <summary>Norm of the embedding: how much of a face is recognised. Blur, covering, profile and poor light lower it.</summary>
    public const string EmbeddingNorm = "embeddingNorm";

    /// <summary>What is wrong, in words with the figure; null where nothing is.</summary>
    [JsonIgnore]
    public string? Reason { get; init; }
}
