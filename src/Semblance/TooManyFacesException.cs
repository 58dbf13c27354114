namespace Semblance;

/// <summary>A picture has more faces than are described at once.</summary>
public sealed class TooManyFacesException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    /// <param name="source">File name, or what the caller named the image.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="limit">How many are possible.</param>
    public TooManyFacesException(string source, int count, int limit)
        : base($"{source}: {count} faces were found, {limit} are described at once; crop the picture, or choose one of its faces") =>
        (ImageSource, FacesFound, Limit) = (source, count, limit);

    /// <summary>File name, or what the caller named the image.</summary>
    public string ImageSource { get; }

    /// <summary>How many there are.</summary>
    public int FacesFound { get; }

    /// <summary>How many are possible.</summary>
    public int Limit { get; }

    /// <inheritdoc/>
    public override string Code => "too-many-faces";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.TooLarge;
}
