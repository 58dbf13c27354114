namespace Semblance;

/// <summary>Exactly one face was asked for and the picture has more.</summary>
public sealed class SeveralFacesException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public SeveralFacesException(string source, int count)
        : base(
            $"{source}: {count} faces were found where one was asked for; crop the picture, or choose the largest or the one in the centre"
        ) => (ImageSource, FacesFound) = (source, count);

    /// <summary>File name, or what the caller named the image.</summary>
    public string ImageSource { get; }

    /// <summary>How many there are.</summary>
    public int FacesFound { get; }

    /// <inheritdoc/>
    public override string Code => "several-faces";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.SeveralFaces;
}
