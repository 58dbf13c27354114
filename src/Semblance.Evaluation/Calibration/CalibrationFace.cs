using Semblance.Embedding;

namespace Semblance.Evaluation.Calibration;

/// <summary>A face that scores are calibrated with.</summary>
/// <param name="Image">The picture; its degraded copies have the same.</param>
/// <param name="Person">Whose face it is; null where nobody says: then the picture is taken as a person of its own.</param>
/// <param name="Kind">Who is alike, e.g. <c>female/30-59/Asian</c>: strangers of one kind are compared, and those of others are
/// not.</param>
/// <param name="Condition">How the picture was made worse; empty for the picture itself.</param>
/// <param name="Embedding">The vector.</param>
public sealed record CalibrationFace(string Image, string? Person, string Kind, string Condition, FaceEmbedding Embedding)
{
    /// <summary>The person, or the picture that stands for one.</summary>
    internal string Somebody => Person ?? Image;

    /// <summary>Whether it is the picture as it came.</summary>
    internal bool IsClear => Condition.Length == 0;
}
