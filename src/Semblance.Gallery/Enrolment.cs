namespace Semblance.Gallery;

/// <summary>What an enrolment did. When it is returned it is on disk.</summary>
/// <param name="Person">Whose references they are.</param>
/// <param name="IsNew">Whether the person was not known before.</param>
/// <param name="Added">The references that were added.</param>
/// <param name="AlreadyEnrolled">References that were left out, because the person has one of the same picture.</param>
public sealed record Enrolment(
    Person Person,
    bool IsNew,
    IReadOnlyList<FaceReference> Added,
    IReadOnlyList<ReferenceDraft> AlreadyEnrolled
);
