using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Statistics;
using Semblance.Models;

namespace Semblance.Evaluation.Parts;

/// <summary>Apparent age, perceived gender or expression on labelled faces.</summary>
public static class AttributePart
{
    private const int ShownErrors = 12;

    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set.</param>
    /// <param name="labels">Labelled faces.</param>
    /// <param name="kind">Age, gender or emotion.</param>
    /// <param name="framing">Whether the pictures are crops.</param>
    /// <param name="mix">Shares of the age groups to which the mean error is reweighted; null for none.</param>
    /// <param name="settings">What else the answers depend on.</param>
    /// <param name="options">Resampling, smallest group.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The part of a report, and the protocol's own report.</returns>
    public static async Task<(MeasuredPart Part, object Report)> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<LabelledFace> labels,
        ModelKind kind,
        PictureFraming framing,
        IReadOnlyList<double>? mix,
        string settings,
        PartOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        string[] images = [.. labels.Select(face => face.File)];
        IReadOnlyDictionary<string, AttributeRecord> found = await runs.EstimateAsync(
                source.Set.Pictures(images),
                [kind],
                framing,
                settings,
                cancellationToken
            )
            .ConfigureAwait(false);
        (LabelledFace Face, AttributeRecord Record)[] faces = [.. labels.Select(face => (face, found[face.File]))];
        (object report, ReportSection section) = kind switch
        {
            ModelKind.Age => Age(source, faces, mix, options),
            ModelKind.Gender => Gender(source, faces, options),
            ModelKind.Emotion => Emotion(source, faces),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Attributes are age, gender and emotion."),
        };
        Grouping[] groupings =
        [
            .. Divisions(labels).Where(grouping => grouping.Groups.Count > 0),
            .. kind == ModelKind.Emotion ? (Grouping[])[Grouping.By("expression", [.. labels.Select(face => face.Emotion)])] : [],
        ];
        ReportData data = new(
            source.Id,
            source.Description,
            images.Length,
            null,
            faces.Count(face => face.Record is { NoFace: not null, IsUnreadable: false }),
            faces.Count(face => face.Record.IsUnreadable),
            Fingerprints.Of(source.Set, images.Distinct()),
            [
                .. groupings.Select(grouping => new ReportComposition(
                    grouping.Name,
                    grouping.Groups.Select((group, g) => (group, grouping.GroupOf.Count(of => of == g))).ToDictionary()
                )),
            ]
        );
        section = section with { Pictures = Worst(source, faces, kind, options) };
        return (new(data, [section], [section.Finding]), report);
    }

    /// <summary>The ages that are furthest off, or the answers that are surest and wrong.</summary>
    private static List<ReportPictures> Worst(
        PartSource source,
        (LabelledFace Face, AttributeRecord Record)[] faces,
        ModelKind kind,
        PartOptions options
    )
    {
        if (options.Pictures == ErrorPictures.None)
            return [];
        IEnumerable<(string File, double Error, string Caption)> errors = kind switch
        {
            ModelKind.Age => faces
                .Where(f => f.Record.Years is not null)
                .Select(f =>
                    (
                        f.Face.File,
                        Math.Abs(f.Record.Years![0] - f.Face.Age!.Value),
                        $"labelled {f.Face.Age:0} years, estimated {f.Record.Years![0]:0}: {f.Face.File}"
                    )
                ),
            ModelKind.Gender => faces
                .Where(f => f.Record.Gender is not null && f.Record.Gender != f.Face.Gender)
                .Select(f =>
                    (
                        f.Face.File,
                        f.Record.GenderProbability,
                        $"labelled {f.Face.Gender}, answered {f.Record.Gender} ({f.Record.GenderProbability:0.00}): {f.Face.File}"
                    )
                ),
            _ => faces
                .Where(f => f.Record.Expression is not null && f.Record.Emotion.Value!.Label != f.Face.Emotion)
                .Select(f =>
                    (
                        f.Face.File,
                        f.Record.Expression!.Values.Max(),
                        $"labelled {f.Face.Emotion}, answered {f.Record.Emotion.Value!.Label} ({f.Record.Expression!.Values.Max():0.00}): {f.Face.File}"
                    )
                ),
        };
        return
        [
            .. errors
                .OrderByDescending(error => error.Error)
                .Take(ShownErrors)
                .Select(error => new ReportPictures(error.Caption, [Thumbnails.Of(source.Set, error.File)])),
        ];
    }

    /// <summary>Divisions of labelled faces by gender, race and age.</summary>
    private static IEnumerable<Grouping> Divisions(IReadOnlyList<LabelledFace> labels)
    {
        yield return Grouping.By("gender", [.. labels.Select(face => face.Gender)]);
        yield return Grouping.By("race", [.. labels.Select(face => face.Race)]);
        yield return Grouping.By("age", [.. labels.Select(face => face.Age is { } age ? AgeGroups.Of(age) : null)], AgeGroups.All);
    }

    private static (object, ReportSection) Age(
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
                    ? $"; the 80 % intervals hold {ReportText.Number(coverage, FigureKind.Share)} of the labelled ages and are {report.IntervalWidth:0.0} years wide."
                    : "."
            );
        List<ReportTable> tables = [];
        List<ReportChart> charts = [];
        foreach (Grouping grouping in Divisions([.. judged.Select(j => j.Face)]).Where(grouping => grouping.Groups.Count > 1))
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
                    "Over the faces that were judged; labels of the set err by some years themselves. Intervals resample faces; shares: Wilson.",
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

    private static (object, ReportSection) Gender(
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
        Grouping[] divisions = [.. Divisions([.. judged.Select(j => j.Face)]).Where(grouping => grouping.Groups.Count > 1)];
        GenderReport main = report.Adults ?? report;
        string who = report.Adults is null ? "" : " of adults";
        string finding =
            $"On {source.Id}, the perceived gender{who} agrees with the label in {ReportText.Number(main.Accuracy, FigureKind.Share)}"
            + $" ({string.Join(", ", main.Recall.Select(r => $"{r.Key} {ReportText.Number(r.Value, FigureKind.Share)}"))}); {ReportText.Count(report.Unknown)} of "
            + $"{ReportText.Count(report.Faces)} faces have no answer.";
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
                    Share("accuracy", "agrees with the label", report.Accuracy, report.Faces - report.Unknown),
                    Share(
                        "accuracyWithUnknownAsWrong",
                        "agrees, no answer counted as wrong",
                        report.AccuracyWithUnknownAsWrong,
                        report.Faces
                    ),
                    .. report.Adults is { } adults
                        ? (ReportFigure[])
                            [
                                Share("adults", "agrees with the label, adults", adults.Accuracy, adults.Faces - adults.Unknown) with
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
                    .. ReliabilityCharts(answers, report.Unknown),
                    .. divisions.Select(grouping => AccuracyChart(grouping, [.. judged.Select(j => j.Right)], options)),
                ],
                Tables = [.. divisions.Select(grouping => AccuracyTable(grouping, [.. judged.Select(j => j.Right)]))],
            }
        );
    }

    private static (object, ReportSection) Emotion(PartSource source, (LabelledFace Face, AttributeRecord Record)[] faces)
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
                    $"On {source.Id}, the expression agrees with the label in {ReportText.Number(report.Accuracy, FigureKind.Share)} of the faces, in the mean of the seven expressions in "
                    + $"{ReportText.Number(report.MeanClassAccuracy, FigureKind.Share)}; stated probabilities are off by {ReportText.Number(report.Ece, FigureKind.Number)} "
                    + $"(by chance alone {ReportText.Number(report.EceByChance, FigureKind.Number)}).",
                Protocol =
                    "Over the faces that were judged; what a face shows is not what its owner feels, and people agree on few labels of such sets.",
                Figures =
                [
                    Share("accuracy", "agrees with the label", report.Accuracy, report.Faces - report.Unknown) with
                    {
                        IsHeadline = true,
                    },
                    new("meanClassAccuracy", "mean over expressions", report.MeanClassAccuracy, FigureKind.Share),
                    new("macroF1", "macro F1", report.MacroF1, FigureKind.Number),
                    new("ece", "calibration error", report.Ece, FigureKind.Number),
                    new("eceByChance", "calibration error by chance alone", report.EceByChance, FigureKind.Number),
                    new("unknown", "not judged", report.Unknown, FigureKind.Count) { Count = report.Faces },
                ],
                Charts = [.. ReliabilityCharts(answers, report.Unknown)],
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

    private static IEnumerable<ReportChart> ReliabilityCharts((double Probability, bool Right)[] answers, int unknown)
    {
        IReadOnlyList<ReliabilityBin> bins = Reliability.Diagram(answers);
        yield return new()
        {
            Id = "reliability",
            Title = "Stated probability and what was right",
            Caption =
                "Calibrated answers lie on the diagonal; dots below it are overconfident. Bins of fewer than ten answers are left out.",
            X = "stated probability",
            Y = "share that was right",
            HasDiagonal = true,
            InPercent = true,
            Series =
            [
                new("answers", [.. bins.Where(bin => bin.Count >= 10).Select(bin => new[] { bin.Stated, bin.Right })], HasDots: true),
            ],
        };
        yield return new()
        {
            Id = "selective",
            Title = "Accuracy when only the surest answers are given",
            Caption = "From the surest answers at the left to all at the right; what is not answered counts as not answered.",
            X = "share of faces that are answered",
            Y = "share of answers that are right",
            InPercent = true,
            Series =
            [
                new(
                    "answers",
                    [
                        .. Reliability
                            .Selective(answers, unknown)
                            .Where(point => point.Answered >= 0.05)
                            .Select(point => new[] { point.Answered, point.Accuracy }),
                    ]
                ),
            ],
        };
    }

    private static ReportChart AccuracyChart(Grouping grouping, bool[] right, PartOptions options) =>
        new()
        {
            Id = $"accuracy-{grouping.Name}",
            Title = $"Agreement with the label, by {grouping.Name}",
            Caption = "Dots are measured shares, lines their 95 % interval (Wilson).",
            X = "share that agrees with the label",
            InPercent = true,
            Groups =
            [
                .. grouping.Groups.Select(
                    (name, g) =>
                    {
                        RateEstimate rate = RateOf(grouping, right, g);
                        return new ReportWhisker(name, rate.Rate, rate.Low, rate.High, IsFaint: rate.Trials < options.Groups.MinPeople);
                    }
                ),
            ],
        };

    private static ReportTable AccuracyTable(Grouping grouping, bool[] right) =>
        new(
            $"Agreement by {grouping.Name}",
            [grouping.Name, "faces", "agrees", "95 % interval"],
            [
                .. grouping.Groups.Select(
                    (name, g) =>
                    {
                        RateEstimate rate = RateOf(grouping, right, g);
                        return (IReadOnlyList<ReportCell>)
                            [
                                name,
                                GroupReporting.Number(rate.Trials),
                                new ReportCell(ReportText.Number(rate.Rate, FigureKind.Share), rate.Rate),
                                new ReportCell(GroupReporting.Interval(rate), 0),
                            ];
                    }
                ),
            ]
        );

    private static RateEstimate RateOf(Grouping grouping, bool[] right, int group) =>
        RateEstimate.Independent(
            right.Where((isRight, i) => isRight && grouping.GroupOf[i] == group).Count(),
            grouping.GroupOf.Count(of => of == group)
        );

    private static ReportFigure Share(string id, string label, double value, int count)
    {
        (double low, double high) = WilsonInterval.Of((long)Math.Round(value * count), count);
        return new(id, label, value, FigureKind.Share)
        {
            Low = low,
            High = high,
            Interval = "wilson",
            Count = count,
        };
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
