namespace Semblance.Client;

/// <summary>A face. What was not asked for is null.</summary>
public sealed record FaceAnswer
{
    /// <summary>Where it is, in pixels of the upright picture.</summary>
    public required BoxAnswer Box { get; init; }

    /// <summary>The detector's confidence, 0 to 1.</summary>
    public double Score { get; init; }

    /// <summary>Right eye, left eye, nose tip, right and left mouth corner of the person, each x and y.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Landmarks { get; init; } = [];

    /// <summary>How usable the face is.</summary>
    public QualityAnswer? Quality { get; init; }

    /// <summary>The vector.</summary>
    public EmbeddingAnswer? Embedding { get; init; }

    /// <summary>Apparent age.</summary>
    public AgeAnswer? Age { get; init; }

    /// <summary>Perceived gender.</summary>
    public GenderAnswer? Gender { get; init; }

    /// <summary>Expression.</summary>
    public EmotionAnswer? Emotion { get; init; }

    /// <summary>Who it is, or why nobody is named.</summary>
    public KnownAnswer? Person { get; init; }
}
