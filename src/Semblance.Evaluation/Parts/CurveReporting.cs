using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;

namespace Semblance.Evaluation.Parts;

/// <summary>Errors of a set over all thresholds as figures, drawings and tables of a report.</summary>
internal static class CurveReporting
{
    /// <summary>DET and ROC with the thresholds in use.</summary>
    public static IEnumerable<ReportChart> Charts(ComparisonSet set, IReadOnlyList<OperatingPoint> points)
    {
        IReadOnlyList<CurvePoint> curve = ErrorCurve.Of(set);
        (string Label, double Fmr, double Fnmr)[] marks =
        [
            .. points
                .Select(point =>
                    (
                        $"threshold for {Power(point.AskedRate ?? 0)}",
                        set.FalseMatchRateAt(point.Threshold),
                        1 - set.TrueMatches(point.Threshold) / (double)set.Mated.Count
                    )
                )
                .Where(mark => mark.Item2 > 0),
        ];
        double least = 1.0 / set.Mated.Count;
        yield return new()
        {
            Id = "det",
            Title = "Detection error trade-off",
            Caption = "False non-matches against false matches as the threshold falls, both logarithmic; lower and further left is better.",
            X = "false match rate",
            Y = "false non-match rate",
            LogX = true,
            LogY = true,
            InPercent = true,
            Series = [new("all", [.. curve.Where(p => p.Fnmr >= least / 2).Select(p => new[] { p.Fmr, p.Fnmr })])],
            Marks = [.. marks.Where(mark => mark.Fnmr >= least / 2).Select(mark => new ReportMark(mark.Label, mark.Fmr, mark.Fnmr))],
        };
        yield return new()
        {
            Id = "roc",
            Title = "Receiver operating characteristic",
            Caption = "Share of comparisons of one person that is accepted, against false matches; higher is better.",
            X = "false match rate",
            Y = "true match rate",
            LogX = true,
            InPercent = true,
            Series = [new("all", [.. curve.Select(p => new[] { p.Fmr, 1 - p.Fnmr })])],
            Marks = [.. marks.Select(mark => new ReportMark(mark.Label, mark.Fmr, 1 - mark.Fnmr))],
        };
    }

    /// <summary>True match rates as figures.</summary>
    public static IEnumerable<ReportFigure> Figures(IReadOnlyList<TrueMatchRate> rates) =>
        rates
            .Where(rate => rate.Supported)
            .Select(rate => new ReportFigure($"tar.{Power(rate.Fmr)}", $"TAR at FMR {Power(rate.Fmr)}", rate.Tar, FigureKind.Share)
            {
                Low = rate.Low,
                High = rate.High,
                Interval = rate.Low is null ? null : GroupReporting.People,
            });

    /// <summary>What the thresholds in use do on a set.</summary>
    public static ReportTable Thresholds(IReadOnlyList<VerificationGroups> atPoints) =>
        new(
            "What the thresholds in use mean",
            ["asked for", "threshold", "FMR observed", "95 % interval", "FNMR observed", "95 % interval", "in words"],
            [
                .. atPoints.Select(judged =>
                    (IReadOnlyList<ReportCell>)
                        [
                            judged.Point.AskedRate is { } rate ? Power(rate) : "own",
                            new ReportCell(ReportText.Number(judged.Point.Threshold, FigureKind.Score), judged.Point.Threshold),
                            new ReportCell(judged.AllFmr.ToString(), judged.AllFmr.RateOrBound),
                            new ReportCell(GroupReporting.Interval(judged.AllFmr), 0),
                            new ReportCell(judged.AllFnmr?.ToString() ?? "–", judged.AllFnmr?.RateOrBound ?? 0),
                            new ReportCell(judged.AllFnmr is { } fnmr ? GroupReporting.Interval(fnmr) : "–", 0),
                            new ReportCell(
                                $"{ReportText.OneOf(judged.AllFmr.RateOrBound)} comparisons of strangers is accepted"
                                    + (
                                        judged.AllFnmr is { } refused
                                            ? $", {ReportText.OneOf(refused.RateOrBound)} of one person refused"
                                            : ""
                                    )
                            ),
                        ]
                ),
            ]
        );

    /// <summary>A rate as a power of ten, e.g. <c>1e-3</c>.</summary>
    public static string Power(double rate) => rate.ToString("0e-0", System.Globalization.CultureInfo.InvariantCulture);
}
