using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Calibration;

/// <summary>How a calibration is made.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Seed of the resampling where none is given.</summary>
    public const int DefaultSeed = 1;

    /// <summary>Times that people are resampled where no number is given.</summary>
    public const int DefaultResamples = 200;

    /// <summary>Suspicious pairs named where no number is given.</summary>
    public const int DefaultSuspects = 10;

    /// <summary>The default options.</summary>
    public static CalibrationOptions Default { get; } = new();

    /// <summary>Seed of the resampling: the same seed gives the same intervals.</summary>
    public int Seed { get; init; } = DefaultSeed;

    /// <summary>Times that people are resampled for the intervals, 1 or more.</summary>
    public int Resamples { get; init; } = DefaultResamples;

    /// <summary>Most similar pairs of different people that are named, 0 or more: wrong labels hide there.</summary>
    public int Suspects { get; init; } = DefaultSuspects;

    /// <summary>
    /// Labels of single pairs, by picture; they win over the names of people. One person under two names is a pair labelled same, a
    /// stranger's picture under a person's name a pair labelled different. Pairs with a picture that is not in the set are left out.
    /// </summary>
    public IReadOnlyList<LabelledPair> Labels { get; init; } = [];
}
