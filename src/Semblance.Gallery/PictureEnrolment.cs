using Semblance.Gallery.Enrolling;

namespace Semblance.Gallery;

/// <summary>What an enrolment from pictures did.</summary>
/// <param name="Enrolment">What was enrolled; null where no picture could be used, and then nobody was.</param>
/// <param name="Photos">What became of each picture, in their order.</param>
public sealed record PictureEnrolment(Enrolment? Enrolment, IReadOnlyList<EnrolmentPhoto> Photos)
{
    /// <summary>Pictures that were refused, with the reasons.</summary>
    public IEnumerable<EnrolmentPhoto> Refused => Photos.Where(photo => photo.Draft is null);
}
