namespace Semblance;

/// <summary>Who a face was identified as; filled by a gallery.</summary>
public sealed record FacePerson
{
    /// <summary>Identifies the person in the gallery; null for unknown.</summary>
    public string? Id { get; init; }

    /// <summary>What the person is called; null for unknown.</summary>
    public string? Name { get; init; }

    /// <summary>Cosine with the person's references, -1 to 1; null for unknown.</summary>
    public double? Similarity { get; init; }

    /// <summary>What the threshold is compared with: the similarity less what strangers of the same kind have; null for unknown, and where
    /// the embedder has no cohort.</summary>
    public double? Score { get; init; }

    /// <summary>That it is this person, at even odds beforehand that it is anybody of the gallery; null for unknown and without a
    /// calibration.</summary>
    public double? Probability { get; init; }

    /// <summary>How much more similar the person is than the next; null for unknown and with one person.</summary>
    public double? Margin { get; init; }

    /// <summary>Why nobody is named, e.g. <c>best 0.21, threshold 0.41</c>; null when somebody is.</summary>
    public string? Unknown { get; init; }

    /// <summary>Why the face does not allow an answer; null where it does.</summary>
    public string? CannotTell { get; init; }
}
