namespace Semblance.Gallery.Identifying;

/// <summary>A person a probe is similar to.</summary>
/// <param name="Person">Who.</param>
/// <param name="Similarity">Cosine after fusion, -1 to 1.</param>
/// <param name="Probability">
/// That the probe shows this person; null without a calibration. Beforehand it is taken as even whether the probe shows anybody of the
/// gallery, and every person of it as likely as the other.
/// </param>
/// <param name="ReferenceId">The most similar reference; null where fusion compares with no single one.</param>
public sealed record PersonCandidate(Person Person, double Similarity, double? Probability, Guid? ReferenceId)
{
    /// <summary>What the threshold is compared with: the similarity less half the baselines of probe and reference; the similarity itself
    /// where the contract has no cohort.</summary>
    public double Score { get; init; } = Similarity;
}
