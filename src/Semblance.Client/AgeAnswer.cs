namespace Semblance.Client;

/// <summary>Apparent age.</summary>
/// <param name="Years">Expected age; null when unknown.</param>
/// <param name="Interval80">Lowest and highest age.</param>
/// <param name="Unknown">Why it cannot be judged.</param>
public sealed record AgeAnswer(double? Years, IReadOnlyList<double>? Interval80, string? Unknown);
