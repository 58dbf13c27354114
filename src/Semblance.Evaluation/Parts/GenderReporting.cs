using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Parts;

/// <summary>What a report says of perceived gender.</summary>
internal static class GenderReporting
{
    /// <summary>The protocol's report and the section that shows it.</summary>
    public static (object Report, ReportSection Section) Of(
        PartSource source,
        (LabelledFace Face, AttributeRecord Record)[] faces,
        PartOptions options
    )
    {
        GenderReport report = AttributeProtocol.Gender([.. faces.Select(face => (face.Face, face.Record.PerceivedGender))]);
        (double, bool)[] answers =
        [
            .. faces.Where(f => f.Record.Gender is not null).Select(f => (f.Record.GenderProbability, f.Record.Gender == f.Face.Gender)),
        ];
        (LabelledFace Face, bool Right)[] judged =
        [
            .. faces.Where(f => f.Record.Gender is not null).Select(f => (f.Face, f.Record.Gender == f.Face.Gender)),
        ];
        Grouping[] divisions = [.. AttributePart.Divisions([.. judged.Select(j => j.Face)]).Where(grouping => grouping.Groups.Count > 1)];
        GenderReport main = report.Adults ?? report;
        string who = report.Adults is null ? "" : " of adults";
        string finding =
            $"On {source.Id}, the perceived gender{who} agrees with the label in {ReportText.Number(main.Accuracy, FigureKind.Share)}"
            + $" ({string.Join(", ", main.Recall.Select(r => $"{r.Key} {ReportText.Number(r.Value, FigureKind.Share)}"))}); "
            + $"{ReportText.Count(report.Unknown)} of {ReportText.Count(report.Faces)} faces have no answer.";
        return (
            report,
            new()
            {
                Id = $"{source.Id}-gender",
                Title = $"Perceived gender ({source.Id})",
                AskedFor = ["EU AI Act Art. 10 (bias), Art. 15"],
                Data = source.Id,
                Finding = finding,
                Protocol = "Over the faces that were judged; the calibration error has 15 equally wide bins. Intervals: Wilson.",
                Figures =
                [
                    AgreementReporting.Share("accuracy", "agrees with the label", report.Accuracy, report.Faces - report.Unknown),
                    AgreementReporting.Share(
                        "accuracyWithUnknownAsWrong",
                        "agrees, no answer counted as wrong",
                        report.AccuracyWithUnknownAsWrong,
                        report.Faces
                    ),
                    .. report.Adults is { } adults
                        ? (ReportFigure[])
                            [
                                AgreementReporting.Share(
                                    "adults",
                                    "agrees with the label, adults",
                                    adults.Accuracy,
                                    adults.Faces - adults.Unknown
                                ) with
                                {
                                    IsHeadline = true,
                                },
                                .. adults.Recall.Select(r => new ReportFigure(
                                    $"adults.{r.Key}",
                                    $"adults labelled {r.Key}",
                                    r.Value,
                                    FigureKind.Share
                                )),
                            ]
                        : [],
                    new("ece", "calibration error", report.Ece, FigureKind.Number),
                    new("eceByChance", "calibration error by chance alone", report.EceByChance, FigureKind.Number),
                    new("unknown", "no answer", report.Unknown, FigureKind.Count) { Count = report.Faces },
                ],
                Charts =
                [
                    .. ReliabilityReporting.Charts(answers, report.Unknown),
                    .. divisions.Select(grouping => AgreementReporting.Chart(grouping, [.. judged.Select(j => j.Right)], options)),
                ],
                Tables = [.. divisions.Select(grouping => AgreementReporting.Table(grouping, [.. judged.Select(j => j.Right)]))],
            }
        );
    }
}
