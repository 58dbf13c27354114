namespace Semblance.Gallery.Checking;

/// <summary>Something that may be wrong; a human decides.</summary>
/// <param name="Kind">What.</param>
/// <param name="People">About whom.</param>
/// <param name="References">About which references; the odd one first.</param>
/// <param name="Similarity">The cosine that speaks for it: the highest between the two, or the highest of the odd one with the
/// others.</param>
/// <param name="Message">In words, with names and sources.</param>
public sealed record Finding(
    FindingKind Kind,
    IReadOnlyList<Person> People,
    IReadOnlyList<FaceReference> References,
    double? Similarity,
    string Message
);
