using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Statistics;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Parts;

/// <summary>What conditions do to rates as a section of a report.</summary>
internal static class ConditionReporting
{
    /// <summary>The section, its drawings and sentences.</summary>
    /// <param name="source">The set.</param>
    /// <param name="data">The set as the report describes it.</param>
    /// <param name="reports">Rate by rate, the worst first.</param>
    /// <param name="byQuality">False matches by norm, at the largest rate.</param>
    public static MeasuredPart Part(
        PartSource source,
        ReportData data,
        IReadOnlyList<ConditionReport> reports,
        IReadOnlyList<(double Norm, RateEstimate Fmr)> byQuality
    )
    {
        ConditionReport[][] byRate = [.. reports.GroupBy(report => report.AskedRate).Select(group => group.ToArray())];
        string sentence = string.Join(" ", byRate.Select(rows => Sentence(source.Id, rows)));
        ReportSection section = new()
        {
            Id = $"{source.Id}-conditions",
            Title = $"Poor pictures ({source.Id})",
            AskedFor = ["EU AI Act Art. 15 (robustness)", "ISO/IEC 19795-1"],
            Data = source.Id,
            Finding = sentence,
            Protocol =
                "Every picture is made worse in one way (blur: standard deviation in pixels of the picture; size: height of the face "
                + "in pixels, enlarged again; jpeg: quality; noise: standard deviation of 255; gamma: above 1 darker; grey; mask: the "
                + "lower face covered) and compared with all others made worse alike, and with the clear ones; never with a copy of "
                + "itself. Thresholds are those in use, with what they ask of poor pictures; \"cannot tell\" is not accepted. "
                + "Intervals resample people.",
            Figures = [.. reports.SelectMany(Figures)],
            Charts =
            [
                .. byRate.Select(Chart),
                .. byQuality.Count > 1 ? (ReportChart[])[QualityChart(byQuality, byRate[^1][0].AskedRate)] : [],
            ],
            Tables = [.. byRate.Select(Table)],
        };
        return new(data, [section], [sentence]);
    }

    private static string Sentence(string set, ConditionReport[] rows)
    {
        string power = CurveReporting.Power(rows[0].AskedRate);
        ConditionReport worst = rows[0],
            leastSure = rows.MaxBy(row => row.CannotTell.Rate)!;
        return $"On {set} at {power}, strangers are accepted most often under {worst.Condition} "
            + $"({worst.Fmr} of the comparisons with one another, {worst.FmrWithClear} with clear pictures); most answers are withheld "
            + $"under {leastSure.Condition} ({leastSure.CannotTell} of the pictures).";
    }

    private static IEnumerable<ReportFigure> Figures(ConditionReport row)
    {
        string key = $"{CurveReporting.Power(row.AskedRate)}.{row.Condition.Replace(':', '-')}",
            at = $"{row.Condition}, threshold for {CurveReporting.Power(row.AskedRate)}";
        yield return Detail(ReportFigure.Of($"fmr.{key}", $"FMR, {at}", row.Fmr, GroupReporting.People));
        yield return Detail(ReportFigure.Of($"fmrWithClear.{key}", $"FMR against clear, {at}", row.FmrWithClear, GroupReporting.People));
        yield return Detail(ReportFigure.Of($"fnmr.{key}", $"FNMR, {at}", row.Fnmr, GroupReporting.People));
        yield return Detail(ReportFigure.Of($"fnmrWithClear.{key}", $"FNMR against clear, {at}", row.FnmrWithClear, GroupReporting.People));
        yield return Detail(ReportFigure.Of($"cannotTell.{key}", $"cannot tell, {at}", row.CannotTell, "wilson"));

        static ReportFigure Detail(ReportFigure figure) => figure with { IsDetail = true };
    }

    private static ReportTable Table(ConditionReport[] rows) =>
        new(
            $"At the threshold for {CurveReporting.Power(rows[0].AskedRate)} "
                + $"({ReportText.Number(rows[0].Threshold, FigureKind.Score)}), the worst first",
            [
                "condition",
                "FMR, alike",
                "95 % interval",
                "FMR, against clear",
                "95 % interval",
                "cannot tell",
                "no face",
                "FNMR, alike",
                "95 % interval",
                "FNMR, against clear",
                "95 % interval",
            ],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<ReportCell>)
                        [
                            row.Condition,
                            new ReportCell(row.Fmr.ToString(), row.Fmr.RateOrBound, Mark: row == rows[0]),
                            new ReportCell(GroupReporting.Interval(row.Fmr), 0),
                            new ReportCell(row.FmrWithClear.ToString(), row.FmrWithClear.RateOrBound),
                            new ReportCell(GroupReporting.Interval(row.FmrWithClear), 0),
                            new ReportCell(row.CannotTell.ToString(), row.CannotTell.RateOrBound),
                            new ReportCell(row.Missed.ToString(), row.Missed.RateOrBound),
                            new ReportCell(row.Fnmr.ToString(), row.Fnmr.RateOrBound),
                            new ReportCell(GroupReporting.Interval(row.Fnmr), 0),
                            new ReportCell(row.FnmrWithClear.ToString(), row.FnmrWithClear.RateOrBound),
                            new ReportCell(GroupReporting.Interval(row.FnmrWithClear), 0),
                        ]
                ),
            ]
        );

    private static ReportChart Chart(ConditionReport[] rows) =>
        new()
        {
            Id = $"fmr-conditions-{CurveReporting.Power(rows[0].AskedRate)}",
            Title = $"False matches on poor pictures, threshold for {CurveReporting.Power(rows[0].AskedRate)}",
            Caption =
                "Strangers whose pictures are poor alike. Dots are measured rates, lines their 95 % interval over resampled people; a "
                + "bar alone is an upper bound where no error was seen.",
            X = "false match rate",
            LogX = true,
            InPercent = true,
            Groups = [.. rows.Where(row => row.Fmr.Trials > 0).Select(row => GroupReporting.Whisker(row.Condition, row.Fmr, null))],
            Reference = new("asked for", rows[0].AskedRate),
        };

    private static ReportChart QualityChart(IReadOnlyList<(double Norm, RateEstimate Fmr)> byQuality, double rate) =>
        new()
        {
            Id = "fmr-quality",
            Title = $"False matches against quality, threshold for {CurveReporting.Power(rate)}",
            Caption =
                "Pictures of all conditions in eighths by the norm of their embedding, which falls with quality: strangers of the same "
                + "eighth; where none was taken for another, the upper bound.",
            X = "norm of the embedding (median of the eighth)",
            Y = "false match rate",
            LogY = true,
            Series =
            [
                new("observed", [.. byQuality.Select(bin => new[] { bin.Norm, bin.Fmr.RateOrBound })], HasDots: true),
                new("asked for", [.. byQuality.Select(bin => new[] { bin.Norm, rate })]),
            ],
        };
}
