namespace Semblance.Server.Events;

/// <summary>The types of events.</summary>
internal static class EventTypes
{
    public const string Identified = "identified",
        Unknown = "unknown",
        CannotTell = "cannot-tell",
        Enrolled = "enrolled",
        Updated = "updated",
        Removed = "removed";

    public static IReadOnlyList<string> All { get; } = [Identified, Unknown, CannotTell, Enrolled, Updated, Removed];
}
