namespace Semblance.Gallery;

/// <summary>What became of an unknown face.</summary>
/// <param name="Person">The group it belongs to: of kind <see cref="PersonKind.Stranger"/>, or <see cref="PersonKind.Ignored"/> for one
/// that nobody wants to be told of.</param>
/// <param name="IsNew">Whether the group was made for it.</param>
/// <param name="Added">The reference that was kept; null where the group has enough, the same picture, or is ignored.</param>
/// <param name="Score">Score with the most similar face of the group; null for a new group.</param>
public sealed record StrangerSighting(Person Person, bool IsNew, FaceReference? Added, double? Score);
