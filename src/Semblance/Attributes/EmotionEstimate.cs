namespace Semblance.Attributes;

/// <summary>Expression: what a face shows, which is not what its owner feels.</summary>
/// <param name="Label">The most probable of the seven.</param>
/// <param name="Probabilities">Calibrated probabilities by name: angry, disgust, fear, happy, neutral, sad, surprise; they sum to
/// 1.</param>
public sealed record EmotionEstimate(string Label, IReadOnlyDictionary<string, double> Probabilities);
