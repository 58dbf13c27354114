using Semblance.Evaluation.Running;
using Semblance.Models;

namespace Semblance.Evaluation.Detectors;

/// <summary>What is asked of a comparison of detectors.</summary>
public sealed record DetectorComparisonRequest
{
    /// <summary>Face-free squares that are cut where nothing else is asked for.</summary>
    public const int DefaultCuttings = 200;

    /// <summary>Times that each photograph is timed where nothing else is asked for.</summary>
    public const int DefaultRepetitions = 7;

    /// <summary>Holds the sets as folders or tar archives; see <see cref="DetectorComparison"/>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The detectors; times are given as ratios to the first.</summary>
    public required IReadOnlyList<InstalledModel> Detectors { get; init; }

    /// <summary>Makes an analyzer with a detector, by its catalogue id, that works on so many threads.</summary>
    public required Func<string, int, FaceAnalyzer> Analyzer { get; init; }

    /// <summary>The detector whose landmarks count as true on the photographs; null leaves landmarks out.</summary>
    public InstalledModel? Yardstick { get; init; }

    /// <summary>Files of further pictures without a face.</summary>
    public IReadOnlyList<string> FaceFree { get; init; } = [];

    /// <summary>How pictures are worked through.</summary>
    public RunOptions Run { get; init; } = RunOptions.Default;

    /// <summary>Most pictures, pairs or people of a set, taken at even distances; null for all.</summary>
    public int? Sample { get; init; }

    /// <summary>Face-free squares that are cut out of labelled photographs.</summary>
    public int Cuttings { get; init; } = DefaultCuttings;

    /// <summary>Seed of all that is drawn.</summary>
    public int Seed { get; init; } = Fairness.GroupOptions.DefaultSeed;

    /// <summary>Times that each photograph is timed with each detector; 0 takes no times and no memory.</summary>
    public int Repetitions { get; init; } = DefaultRepetitions;

    /// <summary>The peak of a fresh process's memory in bytes that finds the faces of a photograph with a detector; null where it cannot
    /// be known. Null leaves memory out.</summary>
    public Func<InstalledModel, ReadOnlyMemory<byte>, CancellationToken, Task<long?>>? PeakMemory { get; init; }

    /// <summary>Told what comes next.</summary>
    public IProgress<string>? Stage { get; init; }

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="EvaluationException">Something is.</exception>
    public void Validate()
    {
        Run.Validate();
        List<string> wrong = [];
        if (!Directory.Exists(DataFolder))
            wrong.Add($"{DataFolder} is no folder of data");
        if (Detectors.Count == 0)
            wrong.Add("no detector is named");
        if (Detectors.DistinctBy(detector => detector.Id).Count() < Detectors.Count)
            wrong.Add("a detector is named twice");
        if (Sample < 2)
            wrong.Add($"a sample of {Sample} is too small, 2 at least are needed");
        if (Cuttings < 0)
            wrong.Add("cuttings are 0 or more");
        if (Repetitions < 0)
            wrong.Add("repetitions are 0 or more");
        wrong.AddRange(FaceFree.Where(file => !File.Exists(file)).Select(file => $"{file} is not there"));
        if (wrong.Count > 0)
            throw new EvaluationException(string.Join("; ", wrong));
    }
}
