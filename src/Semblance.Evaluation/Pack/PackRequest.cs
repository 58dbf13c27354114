using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Pack;

/// <summary>What is asked of an evaluation of everything at hand.</summary>
public sealed record PackRequest
{
    /// <summary>Holds the sets as folders or tar archives; see <see cref="PackEvaluation"/>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Makes an analyzer; takes the label set whose idea of an expression counts, or null for the default.</summary>
    public required Func<string?, FaceAnalyzer> Analyzer { get; init; }

    /// <summary>The gallery's own rule: from the number of people and a rate of strangers to a threshold; null for none.</summary>
    public Func<FaceAnalyzer, int, (double Threshold, double Fpir)?>? GalleryRule { get; init; }

    /// <summary>How pictures are worked through.</summary>
    public RunOptions Run { get; init; } = RunOptions.Default;

    /// <summary>Rates, groups, resampling.</summary>
    public PartOptions Parts { get; init; } = PartOptions.Default;

    /// <summary>Most pictures of a set, taken at even distances; null for all. The report says where a set was cut.</summary>
    public int? Sample { get; init; }

    /// <summary>Told what comes next.</summary>
    public IProgress<string>? Stage { get; init; }

    /// <summary>The exact command, for the report.</summary>
    public required string Command { get; init; }

    /// <summary>Version of the program, for the report.</summary>
    public required string Version { get; init; }

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="EvaluationException">Something is.</exception>
    public void Validate()
    {
        Run.Validate();
        Parts.Groups.Validate();
        if (!Directory.Exists(DataFolder))
            throw new EvaluationException($"{DataFolder}: no such folder of data");
        if (Sample < 100)
            throw new EvaluationException($"a sample of {Sample} pictures is too small, 100 at least are needed");
    }
}
