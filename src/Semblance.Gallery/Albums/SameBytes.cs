using Semblance.Files;

namespace Semblance.Gallery.Albums;

/// <summary>Whether a copy is one.</summary>
internal static class SameBytes
{
    private const int Block = 1 << 16;

    /// <summary>Compares two files that are there.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static bool Have(FileInfo a, FileInfo b)
    {
        if (a.Length != b.Length)
            return false;
        using FileStream first = RegularFile.Open(a.FullName),
            second = RegularFile.Open(b.FullName);
        byte[] left = new byte[Block],
            right = new byte[Block];
        for (int read; (read = first.ReadAtLeast(left, left.Length, throwOnEndOfStream: false)) > 0; )
            if (
                second.ReadAtLeast(right, read, throwOnEndOfStream: false) < read
                || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read))
            )
                return false;
        return true;
    }
}
