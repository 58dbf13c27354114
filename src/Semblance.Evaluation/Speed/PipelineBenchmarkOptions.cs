using Semblance.Imaging;
using static System.FormattableString;

namespace Semblance.Evaluation.Speed;

/// <summary>How the line is timed.</summary>
public sealed record PipelineBenchmarkOptions
{
    /// <summary>Repetitions where nothing else is asked for.</summary>
    public const int DefaultRepetitions = 20;

    /// <summary>The default options.</summary>
    public static PipelineBenchmarkOptions Default { get; } = new();

    /// <summary>Repetitions a photograph, at least 2.</summary>
    public int Repetitions { get; init; } = DefaultRepetitions;

    /// <summary>Threads of the bare sessions: as many as the line has.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How pictures are decoded.</summary>
    public ImageDecodingOptions Decoding { get; init; } = new();

    /// <summary>Names all that is wrong.</summary>
    /// <exception cref="InvalidOptionsException">Something is.</exception>
    public void Validate()
    {
        List<string> problems = [];
        if (Repetitions < 2)
            problems.Add(Invariant($"{nameof(Repetitions)} is {Repetitions}, at least 2 are needed"));
        if (Threads < 1)
            problems.Add(Invariant($"{nameof(Threads)} is {Threads}, at least 1 is needed"));
        InvalidOptionsException.ThrowIfAny(nameof(PipelineBenchmarkOptions), problems);
    }
}
