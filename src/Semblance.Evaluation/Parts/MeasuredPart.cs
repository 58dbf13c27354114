using Semblance.Evaluation.Reporting;

namespace Semblance.Evaluation.Parts;

/// <summary>What was measured on one set.</summary>
/// <param name="Data">The set.</param>
/// <param name="Sections">The measurements.</param>
/// <param name="Sentences">What belongs into the summary, the most important first.</param>
public sealed record MeasuredPart(ReportData Data, IReadOnlyList<ReportSection> Sections, IReadOnlyList<string> Sentences);
