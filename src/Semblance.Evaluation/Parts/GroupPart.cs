using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Parts;

/// <summary>Differences between groups of people on a set in which all are compared.</summary>
public static class GroupPart
{
    /// <summary>Measures a set in which every picture shows another person: FMR alone.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set.</param>
    /// <param name="images">Its pictures.</param>
    /// <param name="labels">Their groups.</param>
    /// <param name="copySimilarity">Cosine from which two pictures are taken for unmarked pictures of one person.</param>
    /// <param name="options">Rates, groups.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<MeasuredPart> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<string> images,
        GroupLabels labels,
        double copySimilarity,
        PartOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        FaceSet set = await FaceSet
            .EmbedAsync(runs, source.Set.Pictures([.. images]), image => image, cancellationToken)
            .ConfigureAwait(false);
        string[] files = [.. set.Faces.Select(face => face.Image)];
        IReadOnlyList<Grouping> groupings = labels.All(files);
        IReadOnlyList<OperatingPoint> points = set.Points(options.Rates);
        if (points.Count == 0)
            throw new EvaluationException("the embedder is not calibrated for any of the rates, so there is no threshold to judge");
        AllPairsSet comparisons = Compare(set.FacesAt(points[0].AskedRate));
        Dictionary<OperatingPoint, AllPairsSet> at = points.ToDictionary(
            point => point,
            point => point == points[0] || !set.HasHandicaps(point.AskedRate) ? comparisons : Compare(set.FacesAt(point.AskedRate))
        );
        (ReportSection section, string sentence) = Judge(source, point => at[point], groupings, points, options, cancellationToken);
        section = section with
        {
            Notes =
            [
                .. section.Notes,
                $"{ReportText.Count(comparisons.Copies.Count)} pairs with a cosine of {copySimilarity:0.00} or more are taken for "
                    + "unmarked second pictures of one person and left out; if they were strangers, the rates would be higher.",
                "False non-matches cannot be measured on this set, as nobody has a second picture; FNMR by race or age is therefore "
                    + "not in this report.",
            ],
        };
        return new(
            set.Describe(source.Id, source.Description, null, labels.Columns.Select(column => labels.By(column, images)), source.Set),
            [section, Failures(source, set, labels, images, points[0].AskedRate!.Value, options)],
            [sentence]
        );

        AllPairsSet Compare(IReadOnlyList<ComparedFace> faces) =>
            AllPairsSet.Compare(
                faces,
                new()
                {
                    Rates = options.Rates,
                    Thresholds = [.. points.Select(point => point.Threshold)],
                    Groupings = groupings,
                    CopySimilarity = copySimilarity,
                    Threads = options.Groups.Threads,
                },
                cancellationToken
            );
    }

    /// <summary>Judges every division at every threshold; the first threshold that two groups support leads.</summary>
    internal static (ReportSection Section, string Sentence) Judge(
        PartSource source,
        Func<OperatingPoint, ComparisonSet> at,
        IReadOnlyList<Grouping> groupings,
        IReadOnlyList<OperatingPoint> points,
        PartOptions options,
        CancellationToken cancellationToken
    )
    {
        VerificationGroups[][] judged =
        [
            .. points.Select(point =>
                groupings
                    .Select(grouping => VerificationGroupAnalysis.Judge(at(point), grouping, point, options.Groups, cancellationToken))
                    .ToArray()
            ),
        ];
        // The rate in use may be too small for the groups; then a larger one shows them.
        VerificationGroups[] lead = judged
            .OrderByDescending(at => at.Count(j => j.FmrInequality is not null))
            .ThenBy(at => at[0].Point.AskedRate)
            .First();
        VerificationGroups[] single = [.. lead.Where(j => !j.Grouping.Contains(Grouping.Joint, StringComparison.Ordinal))],
            // Combinations of which no two are large enough show nothing.
            crossed = [.. lead.Except(single).Where(j => j.FmrInequality is not null)];
        string[] small = [.. lead.Except(single).Except(crossed).Select(j => j.Grouping)];
        string sentence = string.Join(" ", single.Select(GroupReporting.Sentence));
        ReportSection section = new()
        {
            Id = $"{source.Id}-groups",
            Title = $"Differences between groups ({source.Id})",
            AskedFor = ["EU AI Act Art. 10 (bias), Art. 15", "ISO/IEC 19795-10", "GDPR Art. 35"],
            Data = source.Id,
            Finding = sentence,
            Protocol =
                $"One threshold for all, {GroupReporting.PointText(lead[0].Point)}. Within a group all people are compared with one "
                + $"another ({ReportText.Count(lead[0].AllFmr.Trials)} comparisons of strangers in all); 95 % intervals from "
                + $"{ReportText.Count(lead[0].Draws)} resamplings of people (seed {lead[0].Seed}). A group of fewer than "
                + $"{options.Groups.MinPeople} people, or of fewer than 3 / rate comparisons, is too small to judge and "
                + "stays out of the measures.",
            Figures =
            [
                .. single
                    .SelectMany(GroupReporting.Figures)
                    .Select(figure => figure with { IsHeadline = figure.Id.StartsWith("fmrRatio", StringComparison.Ordinal) }),
                .. crossed.SelectMany(GroupReporting.Figures),
                ReportFigure.Of(
                    "fmrWithin",
                    $"FMR, strangers of one {(crossed.LastOrDefault() ?? single[^1]).Grouping}",
                    (crossed.LastOrDefault() ?? single[^1]).WithinFmr,
                    GroupReporting.People
                ),
                ReportFigure.Of("fmrAll", "FMR, any strangers", single[0].AllFmr, GroupReporting.People),
            ],
            Charts =
            [
                .. single.Select(GroupReporting.FmrChart),
                .. single.Select(GroupReporting.FnmrChart).OfType<ReportChart>(),
                .. crossed.Select(GroupReporting.FmrChart),
            ],
            Tables =
            [
                .. single.Select(GroupReporting.Table),
                .. single.Select(GroupReporting.Matrix).OfType<ReportTable>(),
                .. ((ReportTable?[])[GroupReporting.Measures([.. single, .. crossed])]).OfType<ReportTable>(),
                .. crossed.Select(GroupReporting.Table),
                .. judged
                    .Where(at => !ReferenceEquals(at, lead))
                    .SelectMany(at => at.Where(j => !j.Grouping.Contains(Grouping.Joint, StringComparison.Ordinal)))
                    .Select(GroupReporting.Table),
            ],
            Notes =
            [
                .. Notes([.. single, .. crossed]),
                .. small.Length > 0 ? (string[])[$"Too small to judge in all their combinations: {string.Join("; ", small)}."] : [],
            ],
        };
        return (section, sentence);
    }

    private static List<string> Notes(VerificationGroups[] lead)
    {
        List<string> notes = [];
        VerificationGroups hardest = lead[^1];
        if (!hardest.BetweenFmr.IsBound && !hardest.WithinFmr.IsBound)
            notes.Add(
                $"Strangers of the same {hardest.Grouping} are taken for one person "
                    + $"{ReportText.Number(hardest.WithinFmr.Rate / hardest.AllFmr.RateOrBound, FigureKind.Ratio)} times as often as any "
                    + $"strangers ({hardest.WithinFmr} against {hardest.AllFmr}): figures over all flatter."
            );
        if (lead[0].Unlabelled > 0)
            notes.Add($"{ReportText.Count(lead[0].Unlabelled)} pictures have no label for {lead[0].Grouping} and are in no group.");
        notes.Add(
            "If groups differ, an operator can calibrate on pictures of the own population, ask for a stricter rate, and have people "
                + "look at every match. Choosing a threshold by a guess of somebody's race or age is not offered."
        );
        return notes;
    }

    /// <summary>Failures to detect and to be usable, by group: exclusion is also harm.</summary>
    private static ReportSection Failures(
        PartSource source,
        FaceSet set,
        GroupLabels labels,
        IReadOnlyList<string> images,
        double rate,
        PartOptions options
    )
    {
        Grouping[] groupings = [.. labels.Columns.Select(column => labels.By(column, images))];
        bool IsMissed(string image) => set.Records[image].Vector is null;
        bool IsPoor(string image) => set.Records[image].Reasons.Count > 0;
        RateEstimate all = RateEstimate.Independent(images.Count(IsMissed), images.Count);
        RateEstimate noAnswer = RateEstimate.Independent(images.Count(image => set.AllowsNoAnswer(image, rate)), images.Count);
        List<ReportFigure> figures =
        [
            ReportFigure.Of("missed", "pictures on which no face was found", all, "wilson"),
            ReportFigure.Of("noAnswer", $"pictures that allow no answer at {CurveReporting.Power(rate)}", noAnswer, "wilson"),
        ];
        List<ReportTable> tables = [];
        List<ReportChart> charts = [];
        foreach (Grouping grouping in groupings)
        {
            (string Name, RateEstimate Missed, RateEstimate Poor, RateEstimate NoAnswer)[] groups =
            [
                .. grouping.Groups.Select(
                    (name, g) =>
                    {
                        string[] own = [.. images.Where((_, i) => grouping.GroupOf[i] == g)];
                        return (
                            name,
                            RateEstimate.Independent(own.Count(IsMissed), own.Length),
                            RateEstimate.Independent(own.Count(image => !IsMissed(image) && IsPoor(image)), own.Length),
                            RateEstimate.Independent(own.Count(image => set.AllowsNoAnswer(image, rate)), own.Length)
                        );
                    }
                ),
            ];
            figures.AddRange(
                groups.Select(group =>
                    ReportFigure.Of(
                        $"missed.{GroupReporting.Key(grouping.Name)}.{GroupReporting.Key(group.Name)}",
                        $"no face found, {group.Name}",
                        group.Missed,
                        "wilson"
                    ) with
                    {
                        IsDetail = true,
                    }
                )
            );
            charts.Add(
                new()
                {
                    Id = $"missed-{GroupReporting.Key(grouping.Name)}",
                    Title = $"Faces that were not found, by {grouping.Name}",
                    Caption =
                        "Dots are measured shares, lines their 95 % interval (Wilson); a bar alone is an upper bound "
                        + "where nothing was missed.",
                    X = "share of pictures without a face found",
                    InPercent = true,
                    Groups =
                    [
                        .. groups.Select(group =>
                            GroupReporting.Whisker(group.Name, group.Missed, group.Missed.Trials < options.Groups.MinPeople ? "few" : null)
                        ),
                    ],
                }
            );
            tables.Add(
                new(
                    $"Failures by {grouping.Name}",
                    [
                        grouping.Name,
                        "pictures",
                        "no face found",
                        "95 % interval",
                        "found, with reasons against its quality",
                        "95 % interval",
                        $"found, but no answer possible at {CurveReporting.Power(rate)}",
                        "95 % interval",
                    ],
                    [
                        .. groups.Select(group =>
                            (IReadOnlyList<ReportCell>)
                                [
                                    group.Name,
                                    GroupReporting.Number(group.Missed.Trials),
                                    new ReportCell(group.Missed.ToString(), group.Missed.RateOrBound),
                                    new ReportCell(GroupReporting.Interval(group.Missed), 0),
                                    new ReportCell(group.Poor.ToString(), group.Poor.RateOrBound),
                                    new ReportCell(GroupReporting.Interval(group.Poor), 0),
                                    new ReportCell(group.NoAnswer.ToString(), group.NoAnswer.RateOrBound),
                                    new ReportCell(GroupReporting.Interval(group.NoAnswer), 0),
                                ]
                        ),
                    ]
                )
            );
        }
        return new()
        {
            Id = $"{source.Id}-failures",
            Title = $"Who is not seen ({source.Id})",
            AskedFor = ["EU AI Act Art. 10 (bias)", "ISO/IEC 19795-1 (failure to acquire)"],
            Data = source.Id,
            Finding =
                $"No face was found on {all} of {ReportText.Count(images.Count)} pictures; {noAnswer} have a face that allows no answer "
                + $"at the rate {CurveReporting.Power(rate)}.",
            Protocol =
                "Every picture shows one face; a picture on which none is found can be neither enrolled nor recognised. Reasons "
                + "against quality are those that the analysis states; an enrolment may refuse such faces. Intervals: Wilson.",
            Figures = figures,
            Charts = charts,
            Tables = tables,
        };
    }
}
