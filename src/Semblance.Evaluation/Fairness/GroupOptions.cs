namespace Semblance.Evaluation.Fairness;

/// <summary>How groups are judged.</summary>
public sealed record GroupOptions
{
    /// <summary>People that a group needs where no number is given.</summary>
    public const int DefaultMinPeople = 30;

    /// <summary>Times that people are resampled where no number is given.</summary>
    public const int DefaultDraws = 1000;

    /// <summary>Seed of the resampling where none is given.</summary>
    public const int DefaultSeed = 1;

    /// <summary>The default options.</summary>
    public static GroupOptions Default { get; } = new();

    /// <summary>A group of fewer people is too small to judge.</summary>
    public int MinPeople { get; init; } = DefaultMinPeople;

    /// <summary>Times that people are resampled for intervals.</summary>
    public int Draws { get; init; } = DefaultDraws;

    /// <summary>Seed of the resampling: the same seed gives the same intervals.</summary>
    public int Seed { get; init; } = DefaultSeed;

    /// <summary>Weight of false matches against false non-matches in measures of both.</summary>
    public double Alpha { get; init; } = JointMeasures.DefaultAlpha;

    /// <summary>Threads to resample with.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="EvaluationException">Something is.</exception>
    public void Validate()
    {
        List<string> wrong = [];
        if (MinPeople < 2)
            wrong.Add("a group needs two people at least");
        if (Draws < 1)
            wrong.Add("people are drawn once at least");
        if (!(Alpha is >= 0 and <= 1))
            wrong.Add("the weight of false matches lies between 0 and 1");
        if (Threads < 1)
            wrong.Add("one thread at least is needed");
        if (wrong.Count > 0)
            throw new EvaluationException("the options do not fit: " + string.Join("; ", wrong));
    }
}
