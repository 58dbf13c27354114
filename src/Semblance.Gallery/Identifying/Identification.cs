namespace Semblance.Gallery.Identifying;

/// <summary>The answer to one search.</summary>
public sealed record Identification
{
    /// <summary>Who it is; null for unknown.</summary>
    public PersonCandidate? Match { get; init; }

    /// <summary>The most similar people, best first; those of equal similarity by id. Empty in an empty gallery.</summary>
    public required IReadOnlyList<PersonCandidate> Candidates { get; init; }

    /// <summary>The lowest similarity that counts.</summary>
    public required SearchThreshold Threshold { get; init; }

    /// <summary>How much more similar the best person is than the second; null with fewer than two.</summary>
    public double? Margin { get; init; }

    /// <summary>Why the answer is unknown, e.g. <c>best 0.21, threshold 0.41</c>; null when it is a person.</summary>
    public string? Unknown { get; init; }

    /// <summary>Why the face does not allow an answer, e.g. <c>too little of a face to recognise (norm 2.10, 2.60 needed)</c>; null where
    /// it does.</summary>
    public string? CannotTell { get; init; }

    /// <summary>The answer as it stands in a face's JSON.</summary>
    public FacePerson ToFacePerson() =>
        Match is null
            ? new() { Unknown = Unknown, CannotTell = CannotTell }
            : new()
            {
                Id = Match.Person.Id.ToString(),
                Name = Match.Person.Name,
                Similarity = Math.Round(Match.Similarity, 4),
                Score = Match.Score == Match.Similarity ? null : Math.Round(Match.Score, 4),
                Probability = Match.Probability is { } probability ? Math.Round(probability, 6) : null,
                Margin = Margin is { } margin ? Math.Round(margin, 4) : null,
            };
}
