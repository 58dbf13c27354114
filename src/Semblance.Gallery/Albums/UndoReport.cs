namespace Semblance.Gallery.Albums;

/// <summary>What became of a sorting that was undone.</summary>
/// <param name="Undone">Files that are as before.</param>
/// <param name="Kept">Files that stay, and why: they were changed since, or what is there now would be replaced.</param>
public sealed record UndoReport(int Undone, IReadOnlyList<(string Path, string Reason)> Kept);
