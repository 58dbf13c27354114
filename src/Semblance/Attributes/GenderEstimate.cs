namespace Semblance.Attributes;

/// <summary>Perceived gender: what people tend to call a face, which is not what its owner is.</summary>
/// <param name="Label"><c>female</c> or <c>male</c>, the two words that the training data knows.</param>
/// <param name="Probability">Calibrated probability of the label, 0.5 to 1.</param>
public sealed record GenderEstimate(string Label, double Probability);
