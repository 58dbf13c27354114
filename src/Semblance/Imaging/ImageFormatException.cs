namespace Semblance.Imaging;

/// <summary>The bytes are not an image that can be decoded. Names the source and what was found.</summary>
public sealed class ImageFormatException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    /// <param name="source">File name, or what the caller named the bytes.</param>
    /// <param name="found">What was found instead, e.g. "the file is empty".</param>
    /// <param name="inner">The cause, if any.</param>
    public ImageFormatException(string source, string found, Exception? inner = null)
        : base($"{source}: {found}", inner) => ImageSource = source;

    /// <summary>File name, or what the caller named the bytes.</summary>
    public string ImageSource { get; }

    /// <inheritdoc/>
    public override string Code => "image-format";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.ImageFormat;
}
