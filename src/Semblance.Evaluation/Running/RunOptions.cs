namespace Semblance.Evaluation.Running;

/// <summary>How pictures are worked through.</summary>
public sealed record RunOptions
{
    /// <summary>The default options.</summary>
    public static RunOptions Default { get; } = new();

    /// <summary>Where results are kept; null keeps none beyond the run.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Pictures at a time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Which face counts where there are several.</summary>
    public FaceChoice FaceChoice { get; init; } = FaceChoice.Center;

    /// <summary>How pictures are decoded.</summary>
    public Imaging.ImageDecodingOptions Decoding { get; init; } = new();

    /// <summary>Told of kept results that are of no use, and when none can be kept; null for nobody.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Told after every picture.</summary>
    public IProgress<EvaluationProgress>? Progress { get; init; }

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="EvaluationException">Something is.</exception>
    public void Validate()
    {
        List<string> wrong = [];
        if (Threads < 1)
            wrong.Add("one thread at least is needed");
        if (FaceChoice is not (FaceChoice.Center or FaceChoice.Largest))
            wrong.Add("the face in the centre or the largest counts");
        if (CacheFolder is { Length: 0 })
            wrong.Add("the folder of results has no name");
        if (wrong.Count > 0)
            throw new EvaluationException("the options do not fit: " + string.Join("; ", wrong));
    }
}
