using Semblance.Gallery.Enrolling;

namespace Semblance.Gallery.Importing;

/// <summary>What became of one photograph of an import.</summary>
/// <param name="Person">Whose it is: the name of its folder.</param>
/// <param name="File">Its path.</param>
/// <param name="Outcome">Enrolled, known before, or refused.</param>
/// <param name="Rejections">Why it was refused; empty when it was not.</param>
public sealed record ImportedPhoto(string Person, string File, ImportOutcome Outcome, IReadOnlyList<Rejection> Rejections);

/// <summary>What became of a photograph.</summary>
public enum ImportOutcome
{
    /// <summary>It was enrolled.</summary>
    Enrolled,

    /// <summary>The person has a reference from the same picture.</summary>
    AlreadyEnrolled,

    /// <summary>It was refused.</summary>
    Refused,
}
