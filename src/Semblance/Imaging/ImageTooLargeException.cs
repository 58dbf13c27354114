using static System.FormattableString;

namespace Semblance.Imaging;

/// <summary>The header declares more pixels than the limit allows; nothing was decoded.</summary>
public sealed class ImageTooLargeException : SemblanceException
{
    /// <summary>Creates the error.</summary>
    public ImageTooLargeException(string source, int width, int height, long limit)
        : base(
            Invariant($"{source}: {width} x {height} pixels are {(long)width * height / 1e6:0.#} million, ")
                + Invariant($"the limit is {limit / 1e6:0.#} million; raise it only for images you trust")
        ) => (ImageSource, Width, Height, Limit) = (source, width, height, limit);

    /// <summary>File name, or what the caller named the bytes.</summary>
    public string ImageSource { get; }

    /// <summary>Declared width in pixels.</summary>
    public int Width { get; }

    /// <summary>Declared height in pixels.</summary>
    public int Height { get; }

    /// <summary>The limit in pixels (width x height).</summary>
    public long Limit { get; }

    /// <inheritdoc/>
    public override string Code => "image-too-large";

    /// <inheritdoc/>
    public override ErrorCategory Category => ErrorCategory.TooLarge;
}
