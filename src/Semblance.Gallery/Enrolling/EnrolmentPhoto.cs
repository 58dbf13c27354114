namespace Semblance.Gallery.Enrolling;

/// <summary>A photograph read for enrolment.</summary>
/// <param name="File">Its path.</param>
/// <param name="Draft">The face to enrol; null when the photograph is refused.</param>
/// <param name="Rejections">Why it is refused; empty when it is not.</param>
public sealed record EnrolmentPhoto(string File, ReferenceDraft? Draft, IReadOnlyList<Rejection> Rejections)
{
    internal static EnrolmentPhoto Refused(string file, RejectionReason reason, string message) => new(file, null, [new(reason, message)]);
}
