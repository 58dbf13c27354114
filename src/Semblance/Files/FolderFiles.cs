using System.IO.Enumeration;

namespace Semblance.Files;

/// <summary>The files of a folder and of those below it; a folder that links lead to several times is visited once.</summary>
public static class FolderFiles
{
    /// <summary>How far folders of folders are followed at most.</summary>
    public const int AnyDepth = int.MaxValue;

    /// <summary>Lists files: hidden ones and what may not be read are left out. Links to files count as files, whatever they lead
    /// to.</summary>
    /// <param name="folder">Where to begin; the paths begin with it.</param>
    /// <param name="depth">0 for the folder alone, <see cref="AnyDepth"/> for all below it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Paths in the order of their characters.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    public static IReadOnlyList<string> List(string folder, int depth, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        List<string> files = [];
        HashSet<FileIdentity> visited = [];
        if (FileIdentity.Of(folder) is { } start)
            visited.Add(start);
        // Breadth first: a folder is listed under the shortest of its names.
        Queue<(string Path, int Depth)> waiting = new([(folder, 0)]);
        while (waiting.TryDequeue(out (string Path, int Depth) next))
        {
            foreach ((string path, bool isFolder) in Entries(next.Path))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!isFolder)
                    files.Add(path);
                else if (next.Depth < depth && FileIdentity.Of(path) is { } identity && visited.Add(identity))
                    waiting.Enqueue((path, next.Depth + 1));
            }
        }
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static IOrderedEnumerable<(string Path, bool IsFolder)> Entries(string folder) =>
        new FileSystemEnumerable<(string Path, bool IsFolder)>(
            folder,
            (ref entry) => (entry.ToSpecifiedFullPath(), entry.IsDirectory),
            new EnumerationOptions { IgnoreInaccessible = true }
        ).OrderBy(entry => entry.Path, StringComparer.Ordinal);
}
