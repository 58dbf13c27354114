namespace Semblance.Gallery.Audit;

/// <summary>Who asked for a change; stands in the audit entries of what they did.</summary>
/// <param name="Name">A name that says who it was without personal data, e.g. that of the key that a program used; null when not
/// told.</param>
/// <param name="Request">Id of the request, as the caller was told it; null when there is none.</param>
public sealed record AuditActor(string? Name, string? Request = null)
{
    /// <summary>Nobody in particular.</summary>
    public static AuditActor Unnamed { get; } = new((string?)null);
}
