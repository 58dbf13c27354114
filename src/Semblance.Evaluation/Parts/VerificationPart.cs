using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Parts;

/// <summary>Verification on labelled pairs: the ten-fold protocol, then all pairs of their pictures, in all and by group.</summary>
public static class VerificationPart
{
    private const int ShownErrors = 6;

    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set: its short name, what it is, where its pictures lie.</param>
    /// <param name="pairs">Labelled pairs.</param>
    /// <param name="labels">Groups of pictures; null for none.</param>
    /// <param name="options">Rates, groups, pictures.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The part of a report, and the protocol's own report.</returns>
    public static async Task<(MeasuredPart Part, VerificationReport Report)> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<LabelledPair> pairs,
        GroupLabels? labels,
        PartOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct()];
        bool folders = FoldersArePeople(pairs);
        FaceSet set = await FaceSet
            .EmbedAsync(runs, source.Set.Pictures(images), folders ? FolderOf : image => image, cancellationToken, source.Framing)
            .ConfigureAwait(false);
        HashSet<string> missed = [.. images.Where(image => set.Records[image].Vector is null)];
        VerificationReport report = VerificationProtocol.Evaluate(pairs, pair => set.Score(pair.ImageA, pair.ImageB), missed);

        string[] files = [.. set.Faces.Select(face => face.Image)];
        IReadOnlyList<Grouping> groupings = labels?.All(files) ?? [];
        IReadOnlyList<OperatingPoint> points = set.Points(options.Rates);
        Grouping everybody = Grouping.By("everybody", [.. files.Select(_ => "all")]);
        ComparisonSet comparisons = Compare(set.Faces);
        // A threshold that depends on quality is judged with what it asks of every picture.
        Dictionary<OperatingPoint, ComparisonSet> at = points.ToDictionary(
            point => point,
            point => set.HasHandicaps(point.AskedRate) ? Compare(set.FacesAt(point.AskedRate)) : comparisons
        );
        IReadOnlyList<TrueMatchRate> rates = TrueMatchRates.Measure(
            comparisons,
            options.Groups.Draws,
            options.Groups.Seed,
            cancellationToken
        );
        VerificationGroups[] atPoints =
        [
            .. points.Select(point => VerificationGroupAnalysis.Judge(at[point], everybody, point, options.Groups, cancellationToken)),
        ];
        List<ReportSection> sections =
        [
            Verification(source, pairs, report, set, comparisons, rates, points, atPoints, folders) with
            {
                Pictures = Worst(source, comparisons, options),
            },
        ];
        List<string> sentences =
        [
            $"On {source.Id}, {ReportText.Number(report.Accuracy, FigureKind.Share)} of {ReportText.Count(pairs.Count)} "
                + $"pairs are told right (ten-fold)"
                + (
                    atPoints.Length > 0 && atPoints[0].AllFnmr is { } fnmr
                        ? $"; at the threshold for {CurveReporting.Power(atPoints[0].Point.AskedRate!.Value)}, {fnmr} of the comparisons "
                            + $"of one person are refused and {atPoints[0].AllFmr} of those of strangers accepted."
                        : "."
                ),
        ];
        if (groupings.Count > 0 && points.Count > 0)
        {
            (ReportSection section, string sentence) = GroupPart.Judge(
                source,
                point => at[point],
                groupings,
                points,
                options,
                cancellationToken
            );
            sections.Add(section);
            sentences.Add(sentence);
        }
        int? people = folders ? images.Select(FolderOf).Distinct().Count() : null;
        report = report with { Unreadable = images.Count(image => set.Records[image].Unreadable is not null) };
        return (
            new(
                set.Describe(
                    source.Id,
                    source.Description,
                    people,
                    labels?.Columns.Select(column => labels.By(column, images)) ?? [],
                    source.Set
                ),
                sections,
                sentences
            ),
            report
        );

        ComparisonSet Compare(IReadOnlyList<ComparedFace> faces) =>
            folders
                ? AllPairsSet.Compare(
                    faces,
                    new()
                    {
                        Thresholds = [.. points.Select(point => point.Threshold)],
                        Groupings = [.. groupings, everybody],
                        Threads = options.Groups.Threads,
                    },
                    cancellationToken
                )
                : PairsAlone(faces, pairs);
    }

    /// <summary>The folder that a picture lies in.</summary>
    internal static string FolderOf(string image) => Path.GetDirectoryName(image.Replace('\\', '/')) ?? "";

    private static ReportSection Verification(
        PartSource source,
        IReadOnlyList<LabelledPair> pairs,
        VerificationReport report,
        FaceSet set,
        ComparisonSet comparisons,
        IReadOnlyList<TrueMatchRate> rates,
        IReadOnlyList<OperatingPoint> points,
        VerificationGroups[] atPoints,
        bool folders
    )
    {
        long right = (long)Math.Round(report.Accuracy * pairs.Count);
        (double low, double high) = Statistics.WilsonInterval.Of(right, pairs.Count);
        return new()
        {
            Id = $"{source.Id}-verification",
            Title = $"Are two pictures of one person? ({source.Id})",
            AskedFor = ["EU AI Act Art. 15 (accuracy)", "ISO/IEC 19795-1"],
            Data = source.Id,
            Finding =
                $"{ReportText.Number(report.Accuracy, FigureKind.Share)} of {ReportText.Count(pairs.Count)} pairs are told right; "
                + $"{ReportText.Count(report.Missed)} of {ReportText.Count(report.Images)} pictures had no face that was found.",
            Protocol =
                "Ten folds: the threshold that is best on nine decides on the tenth; a picture without a face makes its pairs wrong. "
                + "Curves and rates: "
                + (
                    folders
                        ? $"all {ReportText.Count(comparisons.NonMated)} pairs of different people and "
                            + $"{ReportText.Count(comparisons.Mated.Count)} of one person among the set's pictures with a face"
                        : $"the {ReportText.Count(pairs.Count)} pairs"
                )
                + "; intervals resample people, as pairs share them.",
            Figures =
            [
                new("accuracy", "accuracy, ten-fold", report.Accuracy, FigureKind.Share)
                {
                    Low = low,
                    High = high,
                    Interval = "wilson",
                    Count = pairs.Count,
                    IsHeadline = true,
                },
                new("auc", "area under the ROC of the pairs", report.Auc, FigureKind.Number) { Count = pairs.Count },
                new("eer", "equal error rate of the pairs", report.Eer, FigureKind.Rate) { Count = pairs.Count },
                new("missed", "pictures without a face", report.Missed, FigureKind.Count) { Count = report.Images },
                .. CurveReporting.Figures(rates),
                .. atPoints.SelectMany(judged => PointFigures(judged)),
            ],
            Charts = [.. CurveReporting.Charts(comparisons, points)],
            Tables = atPoints.Length > 0 ? [CurveReporting.Thresholds(atPoints)] : [],
            Notes = rates.Any(rate => !rate.Supported)
                ?
                [
                    $"Rates below {CurveReporting.Power(rates.Last(rate => rate.Supported).Fmr)} are left out: fewer than 3 / rate "
                        + $"comparisons of strangers.",
                ]
                : [],
            Decisions = string.Concat(
                pairs.Select(pair =>
                    set.Score(pair.ImageA, pair.ImageB) is { } score && (score >= report.Threshold) == pair.Same ? '1' : '0'
                )
            ),
            DecisionsOn = Fingerprints.OfLines(pairs.Select((pair, i) => $"{i} {pair.ImageA} {pair.ImageB} {pair.Same}")),
        };
    }

    /// <summary>The strangers who are most alike, and the pictures of one person that are least.</summary>
    private static List<ReportPictures> Worst(PartSource source, ComparisonSet set, PartOptions options)
    {
        if (options.Pictures == ErrorPictures.None)
            return [];
        return
        [
            .. set.Tail.Take(ShownErrors).Select(pair => Pictures(pair, "labelled as different people")),
            .. set.Mated.TakeLast(ShownErrors).Reverse().Select(pair => Pictures(pair, "labelled as one person")),
        ];

        ReportPictures Pictures(Comparison pair, string what) =>
            new(
                $"{what}, score {ReportText.Number(pair.Score, FigureKind.Score)}: {set.Images[pair.A]} and {set.Images[pair.B]}",
                [Thumbnails.Of(source.Set, set.Images[pair.A]), Thumbnails.Of(source.Set, set.Images[pair.B])]
            );
    }

    private static IEnumerable<ReportFigure> PointFigures(VerificationGroups judged)
    {
        if (judged.Point.AskedRate is not { } rate)
            yield break;
        string power = CurveReporting.Power(rate);
        yield return new($"threshold.{power}", $"threshold for FMR {power}", judged.Point.Threshold, FigureKind.Score);
        yield return ReportFigure.Of($"fmrAt.{power}", $"FMR observed at the threshold for {power}", judged.AllFmr, GroupReporting.People);
        if (judged.AllFnmr is { } fnmr)
            yield return ReportFigure.Of($"fnmrAt.{power}", $"FNMR at the threshold for {power}", fnmr, GroupReporting.People);
    }

    private static bool FoldersArePeople(IReadOnlyList<LabelledPair> pairs) =>
        pairs.All(pair => pair.Same == (FolderOf(pair.ImageA) == FolderOf(pair.ImageB)));

    private static PairListSet PairsAlone(IReadOnlyList<ComparedFace> faces, IReadOnlyList<LabelledPair> pairs)
    {
        string[] images = [.. faces.Select(face => face.Image)];
        Dictionary<string, int> positions = images.Select((image, i) => (image, i)).ToDictionary();
        return PairListSet.Of(
            images,
            PeopleOfPairs.Of(images, pairs),
            [
                .. pairs
                    .Where(pair => positions.ContainsKey(pair.ImageA) && positions.ContainsKey(pair.ImageB))
                    .Select(pair => (A: positions[pair.ImageA], B: positions[pair.ImageB], pair.Same))
                    .Select(pair => (pair.A, pair.B, faces[pair.A].ScoreWith(faces[pair.B]), pair.Same)),
            ]
        );
    }
}
