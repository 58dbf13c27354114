using Semblance.Gallery.Enrolling;

namespace Semblance.Gallery;

/// <summary>How a person is enrolled from pictures.</summary>
public sealed record PictureEnrolmentOptions
{
    /// <summary>The default options.</summary>
    public static PictureEnrolmentOptions Default { get; } = new();

    /// <summary>Quality gate, and which face; whether crops are kept is the gallery's.</summary>
    public PhotoReaderOptions Reading { get; init; } = PhotoReaderOptions.Default;

    /// <summary>What happens when somebody of that name is known.</summary>
    public KnownName KnownName { get; init; } = KnownName.AddReferences;
}
