using System.Text;

namespace Semblance.Files;

/// <summary>Writes files that are there whole or not at all; see <see cref="PendingFile"/>.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced when it is there. Its folder is made.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <param name="readers">Who may read it.</param>
    /// <exception cref="FileWriteException">It cannot be written; an older file is as it was.</exception>
    public static void Write(string path, Action<FileStream> write, FileReaders readers = FileReaders.AsUsual)
    {
        ArgumentNullException.ThrowIfNull(write);
        using PendingFile file = PendingFile.Create(path, readers);
        try
        {
            write(file.Stream);
        }
        catch (IOException e)
        {
            throw new FileWriteException(path, "the file cannot be written: " + e.Message, e);
        }
        file.Complete();
    }

    /// <summary>Writes bytes.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes, FileReaders readers = FileReaders.AsUsual)
    {
        using PendingFile file = PendingFile.Create(path, readers);
        try
        {
            file.Stream.Write(bytes);
        }
        catch (IOException e)
        {
            throw new FileWriteException(path, "the file cannot be written: " + e.Message, e);
        }
        file.Complete();
    }

    /// <summary>Writes text in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteAllText(string path, string text, FileReaders readers = FileReaders.AsUsual)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteAllBytes(path, Utf8.GetBytes(text), readers);
    }
}
