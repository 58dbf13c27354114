using System.Globalization;
using System.Text;

namespace Semblance.Cli.Output;

/// <summary>
/// Names for the files that one run makes from pictures: those of the pictures, numbered where a name is taken already, as by a picture of
/// another folder.
/// </summary>
/// <param name="folder">Where they go.</param>
internal sealed class OutputNames(string folder)
{
    /// <summary>The longest name of a file, in bytes, on all common file systems.</summary>
    private const int LongestName = 255;

    /// <summary>Room for a number.</summary>
    private const int MarkLength = 8;

    // File systems that ignore case would make one file of two.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file for a picture; a name that would be too long is cut.</summary>
    /// <param name="input">The picture.</param>
    /// <param name="ending">What is appended, with the extension.</param>
    public string For(string input, string ending) => Path.Combine(folder, Take(input, Encoding.UTF8.GetByteCount(ending)) + ending);

    /// <summary>Files for the faces of a picture, numbered from 1 so that they sort.</summary>
    /// <param name="input">The picture.</param>
    /// <param name="faces">How many there are.</param>
    /// <param name="extension">With its dot.</param>
    public IReadOnlyList<string> ForFaces(string input, int faces, string extension)
    {
        int digits = faces.ToString(CultureInfo.InvariantCulture).Length;
        string name = Take(input, digits + 1 + extension.Length);
        return
        [
            .. Enumerable
                .Range(1, faces)
                .Select(face =>
                    Path.Combine(folder, $"{name}-{face.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')}{extension}")
                ),
        ];
    }

    private string Take(string input, int endingBytes)
    {
        string name = CutTo(LongestName - MarkLength - endingBytes, Path.GetFileNameWithoutExtension(input)),
            free = name;
        for (int number = 2; !_taken.Add(free); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return free;
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
