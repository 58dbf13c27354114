using Semblance.Files;

namespace Semblance.Gallery.Albums;

/// <summary>
/// Undoes a sorting from its log, the last step first. Copies that differ from their originals stay, nothing is replaced, folders go only
/// when they are empty, and nothing is touched outside the folder that the log lies in. What is undone already is left alone, so that an
/// undoing that was stopped can be done again.
/// </summary>
public static class AlbumUndo
{
    /// <summary>Undoes.</summary>
    /// <param name="log">The log; removed when nothing had to be kept.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="FilingLogException">It is no such log.</exception>
    public static UndoReport Run(string log, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<FilingStep> steps = FilingLog.Read(log);
        FileIdentity[] album = [.. FoldersOf(log)];
        List<(string, string)> kept = [];
        int undone = 0;
        foreach (FilingStep step in steps.Reverse().Where(step => step.Kind != FilingStepKind.Folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Exists(step.To))
                continue;
            if ((IsIn(album, step.To) ? Reason(step) : "it does not lie in the folder of the log") is { } reason)
            {
                kept.Add((step.To, reason));
                continue;
            }
            if (step.Kind == FilingStepKind.Move)
                File.Move(step.To, step.From!, overwrite: false);
            else
                File.Delete(step.To);
            undone++;
        }
        if (kept.Count == 0)
            File.Delete(log);
        foreach (FilingStep step in steps.Reverse().Where(step => step.Kind == FilingStepKind.Folder))
            if (
                Directory.Exists(step.To)
                && (IsIn(album, step.To) || FileIdentity.Of(step.To) is { } folder && album.Contains(folder))
                && !Directory.EnumerateFileSystemEntries(step.To).Any()
            )
                Directory.Delete(step.To);
        return new(undone, kept);
    }

    /// <summary>Whether a file lies in the folder of the log, the first of its folders, or in one below it. Whoever has written the log
    /// says what is undone, but not of files elsewhere.</summary>
    private static bool IsIn(FileIdentity[] album, string file) => album.Length > 0 && FoldersOf(file).Contains(album[0]);

    /// <summary>The folders that a file lies in, from its own up to the root; those that are there.</summary>
    private static IEnumerable<FileIdentity> FoldersOf(string file)
    {
        for (string? folder = Path.GetDirectoryName(Path.GetFullPath(file)); folder is not null; folder = Path.GetDirectoryName(folder))
            if (FileIdentity.Of(folder) is { } identity)
                yield return identity;
    }

    /// <summary>Why a step cannot be undone; null where it can.</summary>
    private static string? Reason(FilingStep step)
    {
        FileInfo file = new(step.To);
        switch (step.Kind)
        {
            case FilingStepKind.Move when step.From is null || Exists(step.From):
                return $"there is another file at {step.From}";
            case FilingStepKind.Move when !Directory.Exists(Path.GetDirectoryName(step.From)):
                return $"its folder is gone: {Path.GetDirectoryName(step.From)}";
            case FilingStepKind.Link when file.LinkTarget is null:
                return "it is no link any more";
            case FilingStepKind.Copy when file.LinkTarget is not null || file.Length != step.Length:
                return "it was changed since";
            case FilingStepKind.Copy when step.From is null || !File.Exists(step.From):
                return $"it is the only copy: {step.From} is gone";
            case FilingStepKind.Copy when !SameBytes.Have(file, new(step.From)):
                return "it was changed since";
            default:
                return null;
        }
    }

    private static bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
