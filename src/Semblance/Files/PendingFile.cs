namespace Semblance.Files;

/// <summary>
/// A file that is being written: beside its place under another name, and moved there by <see cref="Complete"/> when all of it is on the
/// disk. Without that, whatever happens, the file that was there stays as it was.
/// </summary>
public sealed class PendingFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _temporary;
    private readonly bool _direct;
    private bool _closed;

    private PendingFile(string path, string temporary, FileStream stream, bool direct) =>
        (Path, _temporary, Stream, _direct) = (path, temporary, stream, direct);

    /// <summary>Where it will be.</summary>
    public string Path { get; }

    /// <summary>Takes the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file; its folder is made where it is missing.</summary>
    /// <param name="path">Where it will be; a device such as <c>/dev/null</c> is written to directly.</param>
    /// <param name="readers">Who may read it.</param>
    /// <exception cref="FileWriteException">It is a folder or may not be written.</exception>
    public static PendingFile Create(string path, FileReaders readers = FileReaders.AsUsual)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            FileKind kind = FileIdentity.KindOf(path);
            switch (kind)
            {
                case FileKind.Folder:
                    throw new FileWriteException(path, "this is a folder, no file");
                case FileKind.Special:
                    return new(path, path, new(path, FileMode.Open, FileAccess.Write), direct: true);
                case FileKind.Regular:
                    // Moving a file over another needs no right to write that one.
                    using (new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { }
                    break;
            }
            string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
            if (readers == FileReaders.OwnerAlone && !OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            else
                Directory.CreateDirectory(folder);
            // A name of its own length: that of the file may be as long as the system allows.
            string temporary = System.IO.Path.Combine(folder, $".{Guid.NewGuid():N}.new");
            return new(path, temporary, new(temporary, OptionsFor(path, kind, readers)), direct: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new FileWriteException(path, "the file cannot be written: " + e.Message, e);
        }
    }

    /// <summary>Puts the file into its place; call it last.</summary>
    /// <exception cref="FileWriteException">The disk is full or the place is gone.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            if (!_direct)
                Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            if (!_direct)
                File.Move(_temporary, Path, overwrite: true);
            _closed = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileWriteException(Path, "the file cannot be written: " + e.Message, e);
        }
    }

    /// <summary>Gives the file up where it is not complete.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What was still to be written does not fit; the file is given up anyway.
        }
        if (!_direct)
            File.Delete(_temporary);
    }

    private static FileStreamOptions OptionsFor(string path, FileKind kind, FileReaders readers)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            if (readers == FileReaders.OwnerAlone)
                options.UnixCreateMode = OwnerOnly;
            else if (kind == FileKind.Regular)
                options.UnixCreateMode = File.GetUnixFileMode(path);
        }
        return options;
    }
}
