using Semblance.Attributes;

namespace Semblance;

/// <summary>What is found out about pictures, and what of them is handed out. Features alone convert to options.</summary>
public sealed record AnalysisOptions
{
    /// <summary>The default: every face, with its quality.</summary>
    public static AnalysisOptions Default { get; } = new();

    private static readonly FaceFeatures Known = AttributeDescriptor.All.Aggregate(
        FaceFeatures.Quality | FaceFeatures.Embedding | FaceFeatures.Crop,
        (features, attribute) => features | attribute.Feature
    );

    /// <summary>What to find out beyond where the faces are.</summary>
    public FaceFeatures Features { get; init; } = FaceFeatures.Quality;

    /// <summary>Which faces go on beyond detection; the others are found and not described.</summary>
    public FaceChoice FaceChoice { get; init; } = FaceChoice.All;

    /// <summary>
    /// Whether results carry the decoded picture (<see cref="ImageAnalysis.Image"/>), so that nobody decodes it again. Dispose of such
    /// results.
    /// </summary>
    public bool KeepImage { get; init; }

    /// <summary>Options with nothing but features.</summary>
    public static implicit operator AnalysisOptions(FaceFeatures features) => FromFaceFeatures(features);

    /// <summary>Options with nothing but features.</summary>
    public static AnalysisOptions FromFaceFeatures(FaceFeatures features) => new() { Features = features };

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="InvalidOptionsException">Something is wrong.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if ((Features & ~Known) != 0)
            problems.Add($"{nameof(Features)} is {Features}, which is not known");
        if (!Enum.IsDefined(FaceChoice))
            problems.Add($"{nameof(FaceChoice)} is {FaceChoice}, which is not known");
        InvalidOptionsException.ThrowIfAny(nameof(AnalysisOptions), problems);
    }
}
