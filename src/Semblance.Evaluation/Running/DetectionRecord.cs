using System.Text.Json.Serialization;
using Semblance.Detection;

namespace Semblance.Evaluation.Running;

/// <summary>All faces found on a picture that is evaluated.</summary>
public sealed record DetectionRecord
{
    /// <summary>Left, top, width, height, score, and ten coordinates of landmarks, face by face.</summary>
    public float[][] Values { get; init; } = [];

    /// <summary>Milliseconds that detection took.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Why the picture cannot be read; null where it can. Such results are not kept.</summary>
    public string? Unreadable { get; init; }

    /// <summary>The faces.</summary>
    [JsonIgnore]
    public IReadOnlyList<DetectedFace> Faces => [.. Values.Select(FaceValues.Read)];

    /// <summary>A record of faces.</summary>
    /// <param name="faces">What was found.</param>
    /// <param name="milliseconds">How long it took.</param>
    public static DetectionRecord Of(IEnumerable<DetectedFace> faces, double milliseconds) =>
        new() { Values = [.. faces.Select(face => FaceValues.Of(face.Box, face.Score, face.Landmarks))], Milliseconds = milliseconds };
}
