namespace Semblance.Evaluation.Fairness;

/// <summary>Errors and comparisons by group, for people as they are or as they were drawn.</summary>
internal sealed record GroupCounts(
    long[,] FalseMatches,
    long[,] NonMated,
    long[] FalseNonMatches,
    long[] Mated,
    long AllFalseMatches,
    long AllNonMated,
    long AllFalseNonMatches,
    long AllMated
);
