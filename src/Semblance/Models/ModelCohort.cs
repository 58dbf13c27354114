namespace Semblance.Models;

/// <summary>The strangers whose similarity is taken away from that of a pair: what its file holds, and what it was made from.</summary>
public sealed record ModelCohort
{
    /// <summary>Fewest people behind a member where nothing else is said: a member is nobody's template.</summary>
    public const int DefaultSmallestGroup = 5;

    /// <summary>Members in the file.</summary>
    public required int Members { get; init; }

    /// <summary>How many of the most similar members make the baseline of a face.</summary>
    public required int Neighbours { get; init; }

    /// <summary>Faces that the members were made from.</summary>
    public required int Faces { get; init; }

    /// <summary>The fewest people behind a member.</summary>
    public required int SmallestGroup { get; init; }

    /// <summary>Which pictures they are, and under what terms they were had.</summary>
    public required string Data { get; init; }
}
