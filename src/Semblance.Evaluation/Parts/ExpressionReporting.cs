using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Parts;

/// <summary>What a report says of expressions.</summary>
internal static class ExpressionReporting
{
    /// <summary>The protocol's report and the section that shows it.</summary>
    public static (object Report, ReportSection Section) Of(PartSource source, (LabelledFace Face, AttributeRecord Record)[] faces)
    {
        EmotionReport report = AttributeProtocol.Emotion([.. faces.Select(face => (face.Face, face.Record.Emotion))]);
        (double, bool)[] answers =
        [
            .. faces
                .Where(f => f.Record.Expression is not null)
                .Select(f => (f.Record.Expression!.Values.Max(), f.Record.Emotion.Value!.Label == f.Face.Emotion)),
        ];
        int most = report.Confusion.Values.SelectMany(row => row.Values).Max();
        return (
            report,
            new()
            {
                Id = $"{source.Id}-expression",
                Title = $"Expression ({source.Id})",
                AskedFor = ["EU AI Act Art. 15 (accuracy)"],
                Data = source.Id,
                Finding =
                    $"On {source.Id}, the expression agrees with the label in {ReportText.Number(report.Accuracy, FigureKind.Share)} of "
                    + $"the faces, in the mean of the seven expressions in "
                    + $"{ReportText.Number(report.MeanClassAccuracy, FigureKind.Share)}; stated probabilities are off by "
                    + $"{ReportText.Number(report.Ece, FigureKind.Number)} (by chance alone "
                    + $"{ReportText.Number(report.EceByChance, FigureKind.Number)}).",
                Protocol =
                    "Over the faces that were judged; what a face shows is not what its owner feels, and people agree on "
                    + "few labels of such sets.",
                Figures =
                [
                    AgreementReporting.Share("accuracy", "agrees with the label", report.Accuracy, report.Faces - report.Unknown) with
                    {
                        IsHeadline = true,
                    },
                    new("meanClassAccuracy", "mean over expressions", report.MeanClassAccuracy, FigureKind.Share),
                    new("macroF1", "macro F1", report.MacroF1, FigureKind.Number),
                    new("ece", "calibration error", report.Ece, FigureKind.Number),
                    new("eceByChance", "calibration error by chance alone", report.EceByChance, FigureKind.Number),
                    new("unknown", "not judged", report.Unknown, FigureKind.Count) { Count = report.Faces },
                ],
                Charts = [.. ReliabilityReporting.Charts(answers, report.Unknown)],
                Tables =
                [
                    new(
                        "Labelled expression (row) and answer (column)",
                        ["", .. report.Confusion.Keys],
                        [
                            .. report.Confusion.Select(row =>
                                (IReadOnlyList<ReportCell>)
                                    [
                                        row.Key,
                                        .. row.Value.Select(cell => new ReportCell(
                                            ReportText.Count(cell.Value),
                                            cell.Value,
                                            row.Value.Values.Sum() == 0 ? 0 : (double)cell.Value / row.Value.Values.Sum()
                                        )),
                                    ]
                            ),
                        ]
                    )
                    {
                        IsMatrix = true,
                        Caption = $"Shades are shares of the row; the largest cell holds {ReportText.Count(most)} faces.",
                    },
                ],
            }
        );
    }
}
