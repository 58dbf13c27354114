using System.Globalization;
using System.Text;
using Semblance.Files;

namespace Semblance.Models;

/// <summary>
/// Remembers which files were hashed, by path, size and time of the last change, so that the same file is not read as a whole each time
/// that it is loaded. Only a help: what is not remembered is hashed again.
/// </summary>
internal sealed class HashMemory(string path)
{
    /// <summary>Lines that are kept, the last ones.</summary>
    private const int MostEntries = 256;

    private const int LargestFile = 1 << 20;

    /// <summary>The memory of this user.</summary>
    public static HashMemory Default => new(Path.Combine(ModelCatalog.Home, "hashes.txt"));

    /// <summary>Lower case hexadecimal SHA-256 of a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Of(string file)
    {
        string full = Path.GetFullPath(file);
        string state = StateOf(full);
        List<string> lines = Read();
        if (lines.Find(line => line.EndsWith(state, StringComparison.Ordinal)) is { } known)
            return known[..^state.Length];
        string hash = FileHash.Of(full);
        // A file that changed meanwhile is hashed again the next time.
        if (StateOf(full) == state)
            Write([.. lines.Where(line => !line.EndsWith($" {full}", StringComparison.Ordinal)).TakeLast(MostEntries - 1), hash + state]);
        return hash;
    }

    private static string StateOf(string file)
    {
        FileInfo found = new(file);
        if (found.LinkTarget is not null && found.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
            found = target;
        return string.Create(CultureInfo.InvariantCulture, $" {found.Length} {found.LastWriteTimeUtc.Ticks} {file}");
    }

    private List<string> Read()
    {
        try
        {
            return [.. RegularFile.ReadAllText(path, LargestFile).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A home that cannot be written, such as that of a service, only means that files are hashed each time.</summary>
    private void Write(List<string> lines)
    {
        try
        {
            AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'), FileReaders.OwnerAlone);
        }
        catch (FileWriteException)
        {
            // As said above.
        }
    }
}
