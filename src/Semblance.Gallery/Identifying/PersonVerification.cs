using Semblance.Matching;

namespace Semblance.Gallery.Identifying;

/// <summary>Whether a probe shows a certain person.</summary>
/// <param name="Person">Who was claimed.</param>
/// <param name="Decision">The outcome at the rate for single comparisons, shared among the references that were compared.</param>
/// <param name="ReferenceId">The most similar reference; null where fusion compares with no single one.</param>
public sealed record PersonVerification(Person Person, MatchDecision Decision, Guid? ReferenceId);
