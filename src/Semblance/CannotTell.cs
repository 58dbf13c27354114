namespace Semblance;

/// <summary>Why pictures do not allow an answer at the rate asked for.</summary>
/// <param name="Reasons">In words, each with its figure; at least one.</param>
public sealed record CannotTell(IReadOnlyList<string> Reasons);
