namespace Semblance.Imaging;

/// <summary>
/// A picture that is still to be opened: a name for messages and results, and a way to the picture. What every operation takes, whether the
/// pictures are files, uploads, frames or another library's pixels.
/// </summary>
/// <remarks>
/// Making an item reads nothing and fails for nothing but null arguments; a picture that cannot be opened fails when its turn comes.
/// Thread-safe, and items of files and bytes can be used any number of times.
/// </remarks>
public sealed class PictureItem
{
    private readonly Func<ImageDecodingOptions, CancellationToken, ValueTask<FaceImage>> _open;

    private PictureItem(string name, bool isLent, Func<ImageDecodingOptions, CancellationToken, ValueTask<FaceImage>> open) =>
        (Name, IsLent, _open) = (name, isLent, open);

    /// <summary>What messages and results call the picture.</summary>
    public string Name { get; }

    /// <summary>Whether the picture stays its maker's, who disposes of it.</summary>
    internal bool IsLent { get; }

    /// <summary>A file.</summary>
    /// <param name="path">Also its name.</param>
    public static PictureItem FromFile(string path) => FromFile(path, path);

    /// <summary>A file under another name, e.g. that of an upload that was put on disk.</summary>
    /// <param name="name">What messages and results call it.</param>
    /// <param name="path">The file.</param>
    public static PictureItem FromFile(string name, string path)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        // Errors of reading name what was asked for.
        return new(name, isLent: false, (options, _) => ValueTask.FromResult(FaceImage.FromFile(path, name, options)));
    }

    /// <summary>A compressed picture in memory.</summary>
    /// <param name="name">What messages and results call it.</param>
    /// <param name="bytes">Not copied; must stay unchanged as long as the item and results that keep its image are in use.</param>
    public static PictureItem FromBytes(string name, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(name, isLent: false, (options, _) => ValueTask.FromResult(FaceImage.FromBytes(bytes, name, options)));
    }

    /// <summary>A compressed picture that is read from a stream when its turn comes, without blocking a thread.</summary>
    /// <param name="name">What messages and results call it.</param>
    /// <param name="open">Gives the stream, which is read to its end and disposed of; called each time that the item is used.</param>
    public static PictureItem FromStream(string name, Func<CancellationToken, ValueTask<Stream>> open)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(open);
        return new(name, isLent: false, async (options, cancellationToken) =>
        {
            Stream stream = await open(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
                return await FaceImage.FromStreamAsync(stream, name, options, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>An image that stays yours: dispose of it when the operation, and results that keep the image, are done with it.</summary>
    /// <param name="name">What messages and results call it.</param>
    /// <param name="image">The image.</param>
    public static PictureItem FromImage(string name, FaceImage image)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(image);
        return new(name, isLent: true, (_, _) => ValueTask.FromResult(image));
    }

    /// <summary>An image that is made when its turn comes, such as a frame of a video; whoever uses the item disposes of it.</summary>
    /// <param name="name">What messages and results call it.</param>
    /// <param name="make">Gives a new image each time that the item is used.</param>
    public static PictureItem FromImage(string name, Func<CancellationToken, ValueTask<FaceImage>> make)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(make);
        return new(name, isLent: false, (_, cancellationToken) => make(cancellationToken));
    }

    /// <summary>Opens the picture.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="SemblanceException">There is no such picture, it cannot be read, or is above a limit.</exception>
    internal ValueTask<FaceImage> OpenAsync(ImageDecodingOptions options, CancellationToken cancellationToken) =>
        _open(options, cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
