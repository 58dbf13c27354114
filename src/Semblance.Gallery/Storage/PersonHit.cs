using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Storage;

/// <summary>A person found by a search.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Similarity">Cosine after fusion.</param>
/// <param name="ReferenceId">The most similar reference (of equal ones that with the smaller id); null unless fusion is
/// <see cref="ReferenceFusion.Best"/>.</param>
public readonly record struct PersonHit(Guid PersonId, double Similarity, Guid? ReferenceId);
