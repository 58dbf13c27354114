using System.Security.Cryptography;
using System.Text;

namespace Semblance.Cli.Output;

/// <summary>Names for files made from pictures. Pictures of one name in different folders get different names.</summary>
internal static class OutputNames
{
    /// <summary>The longest name of a file, in bytes, on all common file systems.</summary>
    private const int LongestName = 255;

    private const int MarkLength = 6;

    /// <summary>A file in a folder named after a picture; a name that would be too long is cut.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="input">The picture.</param>
    /// <param name="ending">What is appended, with the extension.</param>
    public static string In(string folder, string input, string ending)
    {
        string name = Path.GetFileNameWithoutExtension(input),
            origin = (Path.GetDirectoryName(Path.GetFullPath(input)) ?? "") + "|" + Path.GetExtension(input);
        string kept = CutTo(LongestName - MarkLength - 1 - Encoding.UTF8.GetByteCount(ending), name);
        // Names that begin alike would become one.
        if (kept.Length < name.Length)
            origin += "|" + name;
        string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..MarkLength];
        return Path.Combine(folder, $"{kept}-{mark}{ending}");
    }

    /// <summary>As many whole characters as fit.</summary>
    private static string CutTo(int bytes, string name)
    {
        int length = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
                return name[..length];
            length += rune.Utf16SequenceLength;
        }
        return name;
    }
}
