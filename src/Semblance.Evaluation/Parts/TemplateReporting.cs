using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Identification;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Templates;

namespace Semblance.Evaluation.Parts;

/// <summary>A template protocol as sections of a report.</summary>
internal static class TemplateReporting
{
    /// <summary>Verification of pairs of templates.</summary>
    public static ReportSection Verification(
        PartSource source,
        TemplateReport report,
        TemplateVerification verification,
        ComparisonSet comparisons,
        IReadOnlyList<VerificationGroups> atPoints
    )
    {
        TrueMatchRate[] supported = [.. verification.Tar.Where(rate => rate.Supported)];
        return new()
        {
            Id = $"{source.Id}-templates",
            Title = $"Are two templates of one person? ({source.Id})",
            AskedFor = ["EU AI Act Art. 15 (accuracy)", "ISO/IEC 19795-1"],
            Data = source.Id,
            Finding =
                $"Of {ReportText.Count(verification.Mated)} pairs of templates of one person on {source.Id}, "
                + (
                    supported.Length > 0
                        ? $"{ReportText.Number(supported[^1].Tar, FigureKind.Share)} are accepted where "
                            + $"{CurveReporting.Power(supported[^1].Fmr)} of {ReportText.Count(verification.NonMated)} pairs of strangers "
                            + "are."
                        : $"nothing can be said, as {ReportText.Count(verification.NonMated)} pairs of strangers are too few."
                ),
            Protocol =
                $"{Pooled(report)} The pairs are those of the list; intervals resample people, as far as the pairs say who is who. The "
                + "thresholds in use are those of single pictures.",
            Figures =
            [
                new("auc", "area under the ROC", verification.Auc, FigureKind.Number) { Count = verification.Mated },
                new("eer", "equal error rate", verification.Eer, FigureKind.Rate) { Count = verification.Mated },
                new("empty", "templates without a face", report.WithoutFace, FigureKind.Count) { Count = report.Templates },
                .. CurveReporting.Figures(verification.Tar),
            ],
            Charts = [.. CurveReporting.Charts(comparisons, [.. atPoints.Select(judged => judged.Point)])],
            Tables = atPoints.Count > 0 ? [CurveReporting.Thresholds(atPoints)] : [],
            Notes =
                verification.Tar.Count > supported.Length
                    ? ["Smaller rates are left out: fewer than 3 / rate comparisons of strangers."]
                    : [],
        };
    }

    /// <summary>How a gallery was searched, in words.</summary>
    public static string IdentificationProtocol(string gallery, TemplateReport report, IdentificationReport found) =>
        $"{Pooled(report)} {ReportText.Count(found.Enrolled)} people are enrolled in {gallery}; "
        + $"{ReportText.Count(found.MatedProbes)} searches are for them, {ReportText.Count(found.NonMatedProbes)} for people who are not "
        + "enrolled. A template without a face finds nobody.";

    private static string Pooled(TemplateReport report) =>
        $"{ReportText.Count(report.Templates)} templates of {ReportText.Count(report.Media)} stills and videos: the faces of each are "
        + "averaged, "
        + report.Pooling switch
        {
            TemplatePooling.Norm => "weighed by the norms of their vectors, ",
            TemplatePooling.Quality => "weighed by their quality, ",
            _ => "",
        }
        + "then those of a template, and the length is made 1.";
}
