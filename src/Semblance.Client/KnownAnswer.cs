namespace Semblance.Client;

/// <summary>Who a face is.</summary>
/// <param name="Id">The person's id; null for nobody.</param>
/// <param name="Name">The person's name; null for nobody.</param>
/// <param name="Similarity">Cosine; null for nobody.</param>
/// <param name="Probability">That it is this person; null for nobody.</param>
/// <param name="Unknown">Why nobody is named.</param>
/// <param name="CannotTell">Why the picture does not allow an answer.</param>
public sealed record KnownAnswer(Guid? Id, string? Name, double? Similarity, double? Probability, string? Unknown, string? CannotTell)
{
    /// <summary>What the threshold is compared with; null for nobody, and where it is the similarity itself.</summary>
    public double? Score { get; init; }
}
