using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Parts;

/// <summary>What a report says of apparent ages.</summary>
internal static class AgeReporting
{
    /// <summary>The protocol's report and the section that shows it.</summary>
    public static (object Report, ReportSection Section) Of(
        PartSource source,
        (LabelledFace Face, AttributeRecord Record)[] faces,
        IReadOnlyList<double>? mix,
        PartOptions options
    )
    {
        AgeReport report = AttributeProtocol.Age([.. faces.Select(face => (face.Face, face.Record.Age))], mix);
        (LabelledFace Face, double Error, bool? Covered)[] judged =
        [
            .. faces
                .Where(face => face.Record.Age.IsKnown)
                .Select(face =>
                {
                    double[] years = face.Record.Years!;
                    double truth = face.Face.Age!.Value;
                    return (
                        face.Face,
                        Math.Abs(years[0] - truth),
                        years.Length == 3 ? truth >= years[1] && truth <= years[2] : (bool?)null
                    );
                }),
        ];
        (double low, double high) = MeanInterval([.. judged.Select(j => j.Error)], options);
        RateEstimate unknown = RateEstimate.Independent(report.Unknown, report.Faces);
        string finding =
            $"On {source.Id}, apparent age errs by {ReportText.Number(report.Mae, FigureKind.Years)} on average"
            + (
                report.Coverage80 is { } coverage
                    ? $"; the 80 % intervals hold {ReportText.Number(coverage, FigureKind.Share)} of the labelled ages and "
                        + $"are {report.IntervalWidth:0.0} years wide."
                    : "."
            );
        List<ReportTable> tables = [];
        List<ReportChart> charts = [];
        foreach (Grouping grouping in AttributePart.Divisions([.. judged.Select(j => j.Face)]).Where(grouping => grouping.Groups.Count > 1))
        {
            (string Name, int Count, double Mae, double Low, double High, RateEstimate Covered)[] groups =
            [
                .. grouping.Groups.Select(
                    (name, g) =>
                    {
                        var own = judged.Where((_, i) => grouping.GroupOf[i] == g).ToArray();
                        (double l, double h) = MeanInterval([.. own.Select(j => j.Error)], options);
                        return (
                            name,
                            own.Length,
                            own.Average(j => j.Error),
                            l,
                            h,
                            RateEstimate.Independent(own.Count(j => j.Covered == true), own.Count(j => j.Covered is not null))
                        );
                    }
                ),
            ];
            charts.Add(
                new()
                {
                    Id = $"mae-{grouping.Name}",
                    Title = $"Mean error of age, by {grouping.Name}",
                    Caption = "Dots are mean absolute errors, lines their 95 % interval over resampled faces.",
                    X = "mean absolute error, years",
                    Groups =
                    [
                        .. groups.Select(group => new ReportWhisker(
                            group.Name,
                            group.Mae,
                            group.Low,
                            group.High,
                            IsFaint: group.Count < options.Groups.MinPeople
                        )),
                    ],
                }
            );
            tables.Add(
                new(
                    $"Age by {grouping.Name}",
                    [grouping.Name, "faces", "mean error, years", "95 % interval", "80 % intervals hold", "95 % interval"],
                    [
                        .. groups.Select(group =>
                            (IReadOnlyList<ReportCell>)
                                [
                                    group.Name,
                                    GroupReporting.Number(group.Count),
                                    new ReportCell(ReportText.Number(group.Mae, FigureKind.Years), group.Mae),
                                    new ReportCell($"{group.Low:0.00} to {group.High:0.00}", 0),
                                    new ReportCell(
                                        group.Covered.Trials == 0 ? "–" : ReportText.Number(group.Covered.Rate, FigureKind.Share),
                                        0
                                    ),
                                    new ReportCell(GroupReporting.Interval(group.Covered), 0),
                                ]
                        ),
                    ]
                )
            );
        }
        return (
            report,
            new()
            {
                Id = $"{source.Id}-age",
                Title = $"Apparent age ({source.Id})",
                AskedFor = ["EU AI Act Art. 15 (accuracy)"],
                Data = source.Id,
                Finding = finding,
                Protocol =
                    "Over the faces that were judged; labels of the set err by some years themselves. "
                    + "Intervals resample faces; shares: Wilson.",
                Figures =
                [
                    new("mae", "mean error of apparent age", report.Mae, FigureKind.Years)
                    {
                        Low = low,
                        High = high,
                        Interval = "faces",
                        Count = judged.Length,
                        IsHeadline = true,
                    },
                    new("median", "median error", report.MedianError, FigureKind.Years),
                    new("within5", "within 5 years", report.Within5, FigureKind.Share),
                    new("within10", "within 10 years", report.Within10, FigureKind.Share),
                    .. report.Coverage80 is { } held
                        ? (ReportFigure[])[new("coverage80", "80 % intervals hold", held, FigureKind.Share) { Count = judged.Length }]
                        : [],
                    ReportFigure.Of("unknown", "not judged", unknown, "wilson"),
                ],
                Charts = charts,
                Tables = tables,
            }
        );
    }

    /// <summary>The percentile interval of a mean, by resampling its values.</summary>
    private static (double Low, double High) MeanInterval(double[] values, PartOptions options)
    {
        if (values.Length < 2)
            return (double.NaN, double.NaN);
        Random random = new(options.Groups.Seed);
        double[] means = new double[options.Groups.Draws];
        for (int d = 0; d < means.Length; d++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
                sum += values[random.Next(values.Length)];
            means[d] = sum / values.Length;
        }
        return PeopleBootstrap.Interval(means);
    }
}
