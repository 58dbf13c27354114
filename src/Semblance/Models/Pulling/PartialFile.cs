using System.Security.Cryptography;

namespace Semblance.Models.Pulling;

/// <summary>
/// A download that is not complete: <c>HASH.part</c> in a folder of its own, kept to go on from there and never taken for a model. One
/// process at a time.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly FileStream _stream;

    private PartialFile(string path, FileStream stream) => (Path, _stream) = (path, stream);

    public string Path { get; }

    /// <summary>Bytes that are here.</summary>
    public long Length => _stream.Length;

    /// <exception cref="IOException">Another process downloads the same file, or the folder cannot be written.</exception>
    public static PartialFile Open(string folder, string sha256)
    {
        Directory.CreateDirectory(folder);
        string path = System.IO.Path.Combine(folder, sha256 + ".part");
        return new(path, new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous));
    }

    /// <summary>Goes on writing at a place, dropping what was behind it.</summary>
    public void ContinueAt(long position)
    {
        _stream.SetLength(position);
        _stream.Position = position;
    }

    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _stream.WriteAsync(bytes, cancellationToken);

    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _stream.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(_stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Drops what is here.</summary>
    public async ValueTask DeleteAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        File.Delete(Path);
    }

    /// <summary>Closes the file; one that holds nothing is not kept.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stream.CanWrite)
            return;
        bool isEmpty = _stream.Length == 0;
        await _stream.DisposeAsync().ConfigureAwait(false);
        if (isEmpty)
            File.Delete(Path);
    }
}
