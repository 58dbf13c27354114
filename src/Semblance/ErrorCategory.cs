namespace Semblance;

/// <summary>
/// What kind of error it is. A program maps this once to what it tells its own users: the command line to exit codes, the service to HTTP
/// statuses. <see cref="SemblanceException.Code"/> is finer.
/// </summary>
public enum ErrorCategory
{
    /// <summary>Options or arguments are wrong.</summary>
    Usage,

    /// <summary>A person, gallery or other thing that was named is not there.</summary>
    NotFound,

    /// <summary>A picture that was named is not there.</summary>
    ImageNotFound,

    /// <summary>A picture is there and cannot be read: permission, or a failing disk.</summary>
    ImageUnreadable,

    /// <summary>The bytes are no picture that can be decoded.</summary>
    ImageFormat,

    /// <summary>A picture, or its compressed data, is above a limit.</summary>
    TooLarge,

    /// <summary>A face was needed and there is none.</summary>
    NoFace,

    /// <summary>One face was asked for and there are several.</summary>
    SeveralFaces,

    /// <summary>What was asked for is beyond what was measured or what the parts in use can do.</summary>
    Unsupported,

    /// <summary>What was asked for contradicts what is there: another contract, a name that is taken.</summary>
    Conflict,

    /// <summary>Nothing is stored without consent, and none was given.</summary>
    ConsentRequired,

    /// <summary>A model is not installed, damaged, or not what it should be.</summary>
    Model,

    /// <summary>A disk or database failed.</summary>
    Storage,

    /// <summary>A connection failed.</summary>
    Network,

    /// <summary>The work was cancelled.</summary>
    Cancelled,

    /// <summary>A fault of this library or of what it stands on.</summary>
    Internal,
}
