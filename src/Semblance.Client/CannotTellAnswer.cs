namespace Semblance.Client;

/// <summary>Why pictures do not allow an answer.</summary>
/// <param name="Reasons">One or more, in words.</param>
public sealed record CannotTellAnswer(IReadOnlyList<string> Reasons);
