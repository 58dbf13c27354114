namespace Semblance.Files;

/// <summary>Opens files for reading that have an end: no pipes, sockets and devices, whose reading may wait or go on for ever.</summary>
public static class RegularFile
{
    /// <summary>Opens a file for reading; other programs may read it at the same time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it will be read.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It is a folder, a pipe, a socket or a device, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path, FileOptions options = FileOptions.None)
    {
        ArgumentNullException.ThrowIfNull(path);
        Require(path);
        return new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, options);
    }

    /// <summary>All bytes of a file that is not too large; it is not read when it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes.</param>
    /// <exception cref="IOException">It has more bytes, or as in <see cref="Open"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAllBytes(string path, long limit)
    {
        using FileStream file = Open(path);
        if (file.Length > limit)
            throw new IOException($"'{path}' has {file.Length} bytes, the limit is {limit}");
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>All text of a file that is not too large, UTF-8 or as its byte order mark says.</summary>
    /// <inheritdoc cref="ReadAllBytes"/>
    public static string ReadAllText(string path, long limit)
    {
        using StreamReader reader = new(new MemoryStream(ReadAllBytes(path, limit)));
        return reader.ReadToEnd();
    }

    /// <exception cref="IOException">It is a folder, a pipe, a socket or a device.</exception>
    private static void Require(string path)
    {
        switch (FileIdentity.KindOf(path))
        {
            case FileKind.Folder:
                throw new IOException("this is a folder, no file");
            case FileKind.Special when !IsHandedOver(path):
                throw new IOException("this is a pipe, a socket or a device, no regular file");
        }
    }

    /// <summary>What the shell opened for this process is the caller's own doing.</summary>
    private static bool IsHandedOver(string path) => path == "/dev/stdin" || path.StartsWith("/dev/fd/", StringComparison.Ordinal);
}
