using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Storage;

/// <summary>A person found by a search.</summary>
/// <param name="Person">Who, as held at the moment of the search.</param>
/// <param name="Similarity">Cosine after fusion.</param>
/// <param name="Bias">What is added to the similarity to rank: minus half the baseline of the reference or template; 0 where there is
/// none.</param>
/// <param name="ReferenceId">The reference of the best score (of equal ones that with the smaller id); null unless fusion is
/// <see cref="ReferenceFusion.Best"/>.</param>
public readonly record struct PersonHit(Person Person, double Similarity, double Bias, Guid? ReferenceId)
{
    /// <summary>Similarity and bias: what hits are ranked by. The probe's own half of the score is the same for all of them.</summary>
    public double Rank => Similarity + Bias;
}
