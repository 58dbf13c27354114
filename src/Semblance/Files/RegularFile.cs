using Microsoft.Win32.SafeHandles;

namespace Semblance.Files;

/// <summary>Opens files for reading that have an end: no pipes, sockets and devices, whose reading may wait or go on for ever.</summary>
public static class RegularFile
{
    private const int Block = 4096;

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
        if (!file.CanSeek)
            return ReadToEnd(file, path, limit);
        RefuseAbove(limit, path, file.Length);
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

    /// <summary>A text of lines that is not too large, opened to be read piece by piece: UTF-8 or as its byte order mark says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes.</param>
    /// <exception cref="IOException">It has more bytes, begins with binary data, or as in <see cref="Open"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static StreamReader OpenText(string path, long limit)
    {
        FileStream file = Open(path);
        try
        {
            if (file.CanSeek)
            {
                RefuseAbove(limit, path, file.Length);
                RefuseBinary(file, path);
            }
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The lines of a text, read while they are asked for.</summary>
    /// <inheritdoc cref="OpenText"/>
    public static IEnumerable<string> ReadLines(string path, long limit)
    {
        using StreamReader text = OpenText(path, limit);
        while (text.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>Opens a file to be read in any order.</summary>
    /// <param name="path">The file.</param>
    /// <inheritdoc cref="Open"/>
    public static SafeFileHandle OpenHandle(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Require(path);
        return File.OpenHandle(path, share: FileShare.Read | FileShare.Delete, options: FileOptions.RandomAccess);
    }

    /// <summary>What the shell hands over has no length before its end.</summary>
    private static byte[] ReadToEnd(FileStream file, string path, long limit)
    {
        using MemoryStream all = new();
        byte[] block = new byte[Block];
        for (int read; (read = file.Read(block)) > 0; all.Write(block, 0, read))
            RefuseAbove(limit, path, all.Length + read);
        return all.ToArray();
    }

    private static void RefuseAbove(long limit, string path, long length)
    {
        if (length > limit)
            throw new IOException($"'{path}' has {length} bytes, the limit is {limit}");
    }

    /// <summary>Binary data may have lines without an end. No text has a zero byte, but for those that begin with a mark of UTF-16 or
    /// UTF-32.</summary>
    private static void RefuseBinary(FileStream file, string path)
    {
        Span<byte> head = stackalloc byte[Block];
        head = head[..file.ReadAtLeast(head, Block, throwOnEndOfStream: false)];
        file.Position = 0;
        bool isMarked = head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..];
        if (head.Contains((byte)0) && !isMarked)
            throw new IOException($"'{path}' holds binary data, no text");
    }

    /// <exception cref="IOException">It is a folder, a pipe, a socket or a device.</exception>
    private static void Require(string path)
    {
        switch (FileIdentity.KindOf(path))
        {
            case FileKind.Folder:
                throw new IOException($"'{path}' is a folder, no file");
            case FileKind.Special when !IsHandedOver(path):
                throw new IOException($"'{path}' is a pipe, a socket or a device, no regular file");
        }
    }

    /// <summary>What the shell opened for this process is the caller's own doing.</summary>
    private static bool IsHandedOver(string path) => path == "/dev/stdin" || path.StartsWith("/dev/fd/", StringComparison.Ordinal);
}
