namespace Semblance.Evaluation.Attributes;

/// <summary>What answering only the surer cases gives.</summary>
/// <param name="Answered">Share of all faces that are answered.</param>
/// <param name="Accuracy">Share of the answers that are right.</param>
/// <param name="Certainty">The lowest stated probability among the answers.</param>
public sealed record SelectivePoint(double Answered, double Accuracy, double Certainty);
