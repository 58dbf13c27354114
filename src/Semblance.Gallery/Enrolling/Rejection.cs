namespace Semblance.Gallery.Enrolling;

/// <summary>Why a photograph is not enrolled.</summary>
/// <param name="Reason">For programs.</param>
/// <param name="Message">With the figures, for people.</param>
public sealed record Rejection(RejectionReason Reason, string Message);
