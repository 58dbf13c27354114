namespace Semblance.Evaluation.Attributes;

/// <summary>Answers of about one stated probability.</summary>
/// <param name="Low">Lower end of the bin.</param>
/// <param name="High">Upper end of the bin.</param>
/// <param name="Count">Answers in it.</param>
/// <param name="Stated">Their mean stated probability.</param>
/// <param name="Right">Share of them that were right: on the diagonal for calibrated answers.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double Stated, double Right);
