namespace Semblance.Client;

/// <summary>Expression.</summary>
/// <param name="Label">The most probable; null when unknown.</param>
/// <param name="Probabilities">By name.</param>
/// <param name="Unknown">Why it cannot be judged.</param>
public sealed record EmotionAnswer(string? Label, IReadOnlyDictionary<string, double>? Probabilities, string? Unknown);
