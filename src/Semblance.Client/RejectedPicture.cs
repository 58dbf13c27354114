namespace Semblance.Client;

/// <summary>A picture that was not enrolled.</summary>
/// <param name="Index">Its place among those sent.</param>
/// <param name="Name">What it was called.</param>
/// <param name="Reasons">Why.</param>
public sealed record RejectedPicture(int Index, string Name, IReadOnlyList<RejectionAnswer> Reasons);
