namespace Semblance.Attributes;

/// <summary>Apparent age: how old a face looks, which is not how old its owner is.</summary>
/// <param name="Years">Expected age in years.</param>
/// <param name="Interval80">Lowest and highest age of the interval that holds the labelled age in about 80 of 100 cases; empty when the
/// model gives an age without any uncertainty.</param>
public sealed record AgeEstimate(double Years, IReadOnlyList<double> Interval80);
