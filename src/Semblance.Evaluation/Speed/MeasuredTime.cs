namespace Semblance.Evaluation.Speed;

/// <summary>A time.</summary>
/// <param name="Milliseconds">How long.</param>
public sealed record MeasuredTime(double Milliseconds);
