namespace Semblance.Server.Access;

/// <summary>A part of the log, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Before which older ones stand; null where there are none.</param>
internal sealed record AccessPage(IReadOnlyList<AccessEntry> Entries, AccessPosition? Next);
