namespace Semblance.Client;

/// <summary>A picture to be sent.</summary>
/// <param name="Name">What answers call it, e.g. its file name.</param>
/// <param name="Bytes">Encoded: JPEG, PNG, WebP, BMP or GIF.</param>
public sealed record Picture(string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Reads a file.</summary>
    public static async Task<Picture> FromFileAsync(string path, CancellationToken cancellationToken = default) =>
        new(Path.GetFileName(path), await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
}
