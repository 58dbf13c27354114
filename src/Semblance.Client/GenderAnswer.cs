namespace Semblance.Client;

/// <summary>Perceived gender.</summary>
/// <param name="Label"><c>female</c> or <c>male</c>; null when unknown.</param>
/// <param name="Probability">Of the label.</param>
/// <param name="Unknown">Why it cannot be judged.</param>
public sealed record GenderAnswer(string? Label, double? Probability, string? Unknown);
