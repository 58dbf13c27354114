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
        HashSet<FileIdentity> visited = [];
        if (FileIdentity.Of(folder) is { } start)
            visited.Add(start);
        return List(folder, depth, visited, cancellationToken);
    }

    /// <summary>The folders of a folder, with all files below each. One that links lead to is listed once: where it lies, before where a
    /// link is.</summary>
    /// <param name="folder">Where the folders are.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Folders and files in the order of their characters; hidden ones and what may not be read are left out.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    public static IReadOnlyList<(string Folder, IReadOnlyList<string> Files)> ListEach(
        string folder,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        HashSet<FileIdentity> visited = [];
        if (FileIdentity.Of(folder) is { } start)
            visited.Add(start);
        ILookup<bool, string> folders = Entries(folder).Where(entry => entry.IsFolder).ToLookup(entry => entry.IsLink, entry => entry.Path);
        List<(string Folder, IReadOnlyList<string> Files)> listed = [];
        foreach (bool areLinks in (bool[])[false, true])
        {
            // All are known before one is looked into: a link from one of them into another does not take that one's files.
            string[] own = [.. folders[areLinks].Where(path => FileIdentity.Of(path) is { } identity && visited.Add(identity))];
            foreach (string path in own)
                listed.Add((path, List(path, AnyDepth, visited, cancellationToken)));
        }
        return [.. listed.OrderBy(one => one.Folder, StringComparer.Ordinal)];
    }

    private static List<string> List(string folder, int depth, HashSet<FileIdentity> visited, CancellationToken cancellationToken)
    {
        List<string> files = [];
        // Breadth first: a folder is listed under the shortest of its names.
        Queue<(string Path, int Depth)> waiting = new([(folder, 0)]);
        while (waiting.TryDequeue(out (string Path, int Depth) next))
        {
            foreach ((string path, bool isFolder, _) in Entries(next.Path))
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

    /// <summary>What a folder holds; links come last, so that a folder is listed where it lies.</summary>
    private static IOrderedEnumerable<(string Path, bool IsFolder, bool IsLink)> Entries(string folder) =>
        new FileSystemEnumerable<(string Path, bool IsFolder, bool IsLink)>(
            folder,
            (ref entry) => (entry.ToSpecifiedFullPath(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
            new EnumerationOptions { IgnoreInaccessible = true }
        )
            .OrderBy(entry => entry.IsLink)
            .ThenBy(entry => entry.Path, StringComparer.Ordinal);
}
