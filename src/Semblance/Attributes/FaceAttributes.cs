namespace Semblance.Attributes;

/// <summary>What a model says about a face; null for what it does not give.</summary>
public sealed record FaceAttributes
{
    /// <summary>Apparent age.</summary>
    public AttributeEstimate<AgeEstimate>? Age { get; init; }

    /// <summary>Perceived gender.</summary>
    public AttributeEstimate<GenderEstimate>? Gender { get; init; }

    /// <summary>Expression.</summary>
    public AttributeEstimate<EmotionEstimate>? Emotion { get; init; }

    /// <summary>How the head is turned.</summary>
    public AttributeEstimate<HeadPose>? Pose { get; init; }

    /// <summary>68 points of the face.</summary>
    public AttributeEstimate<FaceLandmarks68>? Landmarks68 { get; init; }
}
