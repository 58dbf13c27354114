namespace Semblance.Imaging;

/// <summary>A picture cannot be read at all: there is no such file, or reading it is denied or fails. What it holds is not known.</summary>
public sealed class ImageAccessException : SemblanceException
{
    private ImageAccessException(string source, string problem, ErrorCategory category, Exception? inner)
        : base($"{source}: {problem}", inner) => (ImageSource, Category) = (source, category);

    /// <summary>File name, or what the caller named the picture.</summary>
    public string ImageSource { get; }

    /// <inheritdoc/>
    public override string Code => Category == ErrorCategory.ImageNotFound ? "image-not-found" : "image-unreadable";

    /// <summary><see cref="ErrorCategory.ImageNotFound"/> or <see cref="ErrorCategory.ImageUnreadable"/>.</summary>
    public override ErrorCategory Category { get; }

    /// <summary>There is no such picture.</summary>
    /// <param name="source">File name, or what the caller named the picture.</param>
    /// <param name="inner">What said so.</param>
    public static ImageAccessException NotFound(string source, Exception? inner = null) =>
        new(source, "no such file", ErrorCategory.ImageNotFound, inner);

    /// <summary>The picture is there, or may be, and cannot be read.</summary>
    /// <param name="source">File name, or what the caller named the picture.</param>
    /// <param name="problem">Why not.</param>
    /// <param name="inner">What said so.</param>
    public static ImageAccessException Unreadable(string source, string problem, Exception? inner = null) =>
        new(source, problem, ErrorCategory.ImageUnreadable, inner);
}
