namespace Semblance;

/// <summary>What to find out about every face beyond where it is. Nothing is computed that was not asked for.</summary>
[Flags]
public enum FaceFeatures
{
    /// <summary>Only detection.</summary>
    None = 0,

    /// <summary>How usable the face is, with reasons. Where the embedder was calibrated by norm it is run for it.</summary>
    Quality = 1,

    /// <summary>The unit vector for comparisons.</summary>
    Embedding = 2,

    /// <summary>Apparent age.</summary>
    Age = 4,

    /// <summary>Perceived gender.</summary>
    Gender = 8,

    /// <summary>Expression.</summary>
    Emotion = 16,

    /// <summary>How the head is turned.</summary>
    Pose = 32,

    /// <summary>68 points of the face.</summary>
    Landmarks = 64,

    /// <summary>The aligned crop: the picture that the embedder sees, or would see.</summary>
    Crop = 128,

    /// <summary>How much it looks like a live face; by a model that must be pulled.</summary>
    Liveness = 256,
}
