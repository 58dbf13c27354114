using Semblance.Gallery.Audit;

namespace Semblance.Gallery;

/// <summary>A change that was taken back.</summary>
/// <param name="Entry">The last entry that taking it back wrote to the log.</param>
/// <param name="People">Everybody the change was about, as they are again.</param>
public sealed record UndoneChange(AuditEntry Entry, IReadOnlyList<Person> People);
