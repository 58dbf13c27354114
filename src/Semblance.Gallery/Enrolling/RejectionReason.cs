namespace Semblance.Gallery.Enrolling;

/// <summary>Why a photograph is not enrolled.</summary>
public enum RejectionReason
{
    /// <summary>The file cannot be read as a picture.</summary>
    Unreadable,

    /// <summary>There is no face.</summary>
    NoFace,

    /// <summary>There are several faces and it was not said which.</summary>
    SeveralFaces,

    /// <summary>The face has too few pixels.</summary>
    TooSmall,

    /// <summary>The face is blurred.</summary>
    Blurred,

    /// <summary>The face is turned too far away.</summary>
    ExtremePose,

    /// <summary>Too little of the face is recognised, or the score of all quality measures together is too low: too dark, too bright, flat,
    /// or cut off.</summary>
    PoorQuality,
}
