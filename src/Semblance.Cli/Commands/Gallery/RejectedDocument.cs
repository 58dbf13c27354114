using Semblance.Gallery.Enrolling;

namespace Semblance.Cli.Commands.Gallery;

/// <summary>A photograph that was not enrolled.</summary>
internal sealed record RejectedDocument(string File, string? Person, IReadOnlyList<Rejection> Reasons);
