using System.Globalization;
using Semblance.Files;

namespace Semblance.Gallery.Albums;

/// <summary>Puts pictures into their folders. What is there is never replaced: a name that is taken gets a number.</summary>
/// <param name="root">The folder of the folders.</param>
/// <param name="mode">How pictures get there.</param>
/// <param name="clock">Names the log.</param>
public sealed class AlbumFiler(string root, FilingMode mode, TimeProvider? clock = null)
{
    private const string LogName = "sort-log";

    private readonly string _root = Path.GetFullPath(root);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Files a plan.</summary>
    /// <param name="plan">Where everything goes.</param>
    /// <param name="progress">Is told the number of files that are done.</param>
    /// <param name="cancellationToken">Stops between two files; what was done stands in the log.</param>
    /// <exception cref="FilingCancelledException">It was cancelled.</exception>
    public FilingReport File(AlbumPlan plan, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        List<(string, string)> failed = [];
        int filed = 0,
            there = 0,
            done = 0;
        // A moved picture is found where it went by those who link to it.
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        using Session session = new(_root, _clock);
        foreach (AlbumFolder folder in plan.Folders)
        foreach (string picture in folder.Pictures)
        {
            if (cancellationToken.IsCancellationRequested)
                throw new FilingCancelledException(filed, session.LogPath, cancellationToken);
            try
            {
                if (FileOne(session, Path.Combine(_root, folder.Name), Path.GetFullPath(picture), places))
                    filed++;
                else
                    there++;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed.Add((picture, e.Message));
            }
            progress?.Report(++done);
        }
        return new(filed, there, failed, session.LogPath);
    }

    private bool FileOne(Session session, string folder, string picture, Dictionary<string, string> places)
    {
        bool moved = places.TryGetValue(picture, out string? now);
        string source = now ?? picture,
            name = Path.GetFileName(picture);
        FilingMode how = mode == FilingMode.Move && moved ? FilingMode.Link : mode;
        for (int number = 1; ; number++)
        {
            string there = Path.Combine(folder, NewFile.Numbered(name, number));
            if (!Path.Exists(there))
                break;
            if (IsSame(there, source))
            {
                places.TryAdd(picture, mode == FilingMode.Move && there == source ? there : source);
                return false;
            }
        }
        string target = NewFile.FreePath(folder, name);
        session.Begin(folder, new(KindOf(how), target, source) { Length = new FileInfo(source).Length });
        switch (how)
        {
            case FilingMode.Copy:
                Copy(source, target);
                break;
            case FilingMode.Link:
                System.IO.File.CreateSymbolicLink(target, source);
                break;
            case FilingMode.Move:
                System.IO.File.Move(source, target, overwrite: false);
                places[picture] = target;
                break;
        }
        return true;
    }

    /// <summary>Copies under another name first, so that a copy is there whole or not at all.</summary>
    private static void Copy(string source, string target)
    {
        string unfinished = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.new");
        try
        {
            System.IO.File.Copy(source, unfinished, overwrite: false);
            System.IO.File.Move(unfinished, target, overwrite: false);
        }
        finally
        {
            System.IO.File.Delete(unfinished);
        }
    }

    /// <summary>Whether a file is the picture itself, a link to it, or a copy with the same bytes.</summary>
    private static bool IsSame(string there, string source)
    {
        FileInfo found = new(there),
            original = new(source);
        if (there == source)
            return true;
        if (found.LinkTarget is { } target)
            return Path.GetFullPath(target, found.DirectoryName!) == source;
        return original.Exists && found.Exists && SameBytes.Have(found, original);
    }

    private static FilingStepKind KindOf(FilingMode mode) =>
        mode switch
        {
            FilingMode.Copy => FilingStepKind.Copy,
            FilingMode.Link => FilingStepKind.Link,
            _ => FilingStepKind.Move,
        };

    /// <summary>The log, begun with the first step, and the folders that were made.</summary>
    private sealed class Session(string root, TimeProvider clock) : IDisposable
    {
        private FilingLog? _log;

        public string? LogPath => _log?.Path;

        public void Begin(string folder, FilingStep step)
        {
            if (_log is null)
            {
                // The log lies in the root, which must be there before it can say that it was made.
                List<string> made = [.. Missing(root)];
                Directory.CreateDirectory(root);
                string name = string.Create(CultureInfo.InvariantCulture, $"{LogName}-{clock.GetLocalNow():yyyyMMdd-HHmmss}.jsonl");
                _log = FilingLog.Create(NewFile.FreePath(root, name));
                foreach (string path in made)
                    _log.Write(new(FilingStepKind.Folder, path));
            }
            if (!Directory.Exists(folder))
            {
                _log.Write(new(FilingStepKind.Folder, folder));
                Directory.CreateDirectory(folder);
            }
            _log.Write(step);
        }

        public void Dispose() => _log?.Dispose();

        /// <summary>Folders of a path that are not there, the outermost first.</summary>
        private static IEnumerable<string> Missing(string path)
        {
            if (Directory.Exists(path))
                return [];
            IEnumerable<string> above = Path.GetDirectoryName(path) is { } parent ? Missing(parent) : [];
            return above.Append(path);
        }
    }
}
