namespace Semblance.Attributes;

/// <summary>What is said about a face: by a model, or by all that were asked. Null where it was not asked for, or is not given.</summary>
public record FaceAttributes
{
    /// <summary>Apparent age, or why it is not known.</summary>
    public AttributeEstimate<AgeEstimate>? Age { get; init; }

    /// <summary>Perceived gender, or why it is not known.</summary>
    public AttributeEstimate<GenderEstimate>? Gender { get; init; }

    /// <summary>Expression, or why it is not known.</summary>
    public AttributeEstimate<EmotionEstimate>? Emotion { get; init; }

    /// <summary>How the head is turned, or why it is not known.</summary>
    public AttributeEstimate<HeadPose>? Pose { get; init; }

    /// <summary>68 points of the face, or why they are not known.</summary>
    public AttributeEstimate<FaceLandmarks68>? Landmarks68 { get; init; }

    /// <summary>How much it looks like a live face, or why that is not known.</summary>
    public AttributeEstimate<LivenessEstimate>? Liveness { get; init; }
}
