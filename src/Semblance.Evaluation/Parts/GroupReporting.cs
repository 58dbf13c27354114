using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Statistics;

namespace Semblance.Evaluation.Parts;

/// <summary>Judged groups as figures, drawings and tables of a report.</summary>
internal static class GroupReporting
{
    public const string People = "people";

    private const int MostMatrixGroups = 10,
        MostDrawnGroups = 14;

    /// <summary>Drawing of the groups' FMR with the rate asked for.</summary>
    public static ReportChart FmrChart(VerificationGroups judged) =>
        Chart(
            judged,
            "fmr",
            $"False matches within groups of {judged.Grouping}",
            "false match rate at one threshold for all (logarithmic)",
            [.. Shown(judged).Select(group => Whisker(group.Name, group.Fmr, group.TooSmall))],
            judged.Point.AskedRate is { } rate ? new ReportMark($"asked for: {CurveReporting.Power(rate)}", rate) : null,
            log: true
        );

    /// <summary>All groups, or of many those that are large enough.</summary>
    private static IEnumerable<VerificationGroup> Shown(VerificationGroups judged) =>
        judged.Groups.Where(group => judged.Groups.Count <= MostDrawnGroups || group.TooSmall is null);

    /// <summary>Drawing of the groups' FNMR; null where it is not measurable.</summary>
    public static ReportChart? FnmrChart(VerificationGroups judged)
    {
        VerificationGroup[] measured = [.. judged.Groups.Where(group => group.Fnmr is not null)];
        return measured.Length == 0
            ? null
            : Chart(
                judged,
                "fnmr",
                $"False non-matches in groups of {judged.Grouping}",
                "false non-match rate at one threshold for all",
                [
                    .. measured.Select(group =>
                        Whisker(group.Name, group.Fnmr!, group.People < GroupOptions.DefaultMinPeople ? "few" : null)
                    ),
                ],
                null,
                log: false
            );
    }

    /// <summary>Table of the groups.</summary>
    public static ReportTable Table(VerificationGroups judged)
    {
        string? worst = judged.FmrInequality?.Worst;
        bool second = judged.Groups.Any(group => group.Fnmr is not null);
        return new(
            $"Groups of {judged.Grouping} at {PointText(judged.Point)}",
            [
                judged.Grouping,
                "people",
                "comparisons",
                "FMR",
                "95 % interval",
                .. second ? (string[])["comparisons of one person", "FNMR", "95 % interval"] : [],
                "threshold needed",
                "",
            ],
            [
                .. Shown(judged)
                    .Select(group =>
                        (IReadOnlyList<ReportCell>)
                            [
                                group.Name,
                                Number(group.People),
                                Number(group.Fmr.Trials),
                                new ReportCell(group.Fmr.ToString(), group.Fmr.RateOrBound, Mark: group.Name == worst),
                                new ReportCell(Interval(group.Fmr), group.Fmr.High),
                                .. second
                                    ? (ReportCell[])
                                        [
                                            Number(group.Fnmr?.Trials ?? 0),
                                            new ReportCell(group.Fnmr?.ToString() ?? "–", group.Fnmr?.RateOrBound ?? 0),
                                            new ReportCell(group.Fnmr is { } fnmr ? Interval(fnmr) : "–", 0),
                                        ]
                                    : [],
                                new ReportCell(group.ThresholdNeeded is { } needed ? ReportText.Number(needed, FigureKind.Score) : "–", 0),
                                new ReportCell(group.TooSmall is { } why ? $"too small to judge: {why}" : ""),
                            ]
                    ),
            ]
        )
        {
            Caption =
                "Threshold needed: the one at which this group alone would have the rate asked for; the threshold for all is "
                + $"{ReportText.Number(judged.Point.Threshold, FigureKind.Score)}."
                + (second ? "" : " False non-matches are not measurable here: nobody in this set has a second picture."),
        };
    }

    /// <summary>FMR between groups; null where there are too many groups to look at.</summary>
    public static ReportTable? Matrix(VerificationGroups judged)
    {
        if (judged.Groups.Count is < 2 or > MostMatrixGroups)
            return null;
        RateEstimate[] all = [.. judged.Matrix.SelectMany(row => row).Where(rate => rate.Trials > 0)];
        double high = Math.Log10(all.Max(rate => rate.RateOrBound)),
            low = Math.Log10(all.Min(rate => rate.RateOrBound));
        RateEstimate worst = all.Where(rate => !rate.IsBound).DefaultIfEmpty(all[0]).MaxBy(rate => rate.Rate)!;
        (int worstRow, int worstColumn) = (
            from g in Enumerable.Range(0, judged.Groups.Count)
            from h in Enumerable.Range(0, judged.Groups.Count)
            where judged.Matrix[g][h] == worst
            select (g, h)
        ).First();
        string cell =
            worstRow == worstColumn
                ? $"two different people of {judged.Groups[worstRow].Name}"
                : $"one of {judged.Groups[worstRow].Name} and one of {judged.Groups[worstColumn].Name}";
        return new(
            $"Who is taken for whom: FMR between groups of {judged.Grouping}",
            ["", .. judged.Groups.Select(group => group.Name)],
            [
                .. judged.Groups.Select(
                    (group, g) =>
                        (IReadOnlyList<ReportCell>)
                            [
                                group.Name,
                                .. judged
                                    .Matrix[g]
                                    .Select(rate => new ReportCell(
                                        rate.IsBound ? "< " + RateEstimate.Text(rate.High) : rate.ToString(),
                                        rate.RateOrBound,
                                        high > low && rate.Trials > 0
                                            ? Math.Clamp((Math.Log10(rate.RateOrBound) - low) / (high - low), 0, 1)
                                            : 0,
                                        rate == worst
                                    )),
                            ]
                ),
            ]
        )
        {
            IsMatrix = true,
            Caption = worst.IsBound
                ? "No false match was seen in any cell."
                : $"The worst cell is {cell}: {worst}. On the diagonal both people are of one group.",
        };
    }

    /// <summary>Table of the measures of inequality.</summary>
    public static ReportTable? Measures(IReadOnlyList<VerificationGroups> judged)
    {
        VerificationGroups[] measured = [.. judged.Where(j => j.FmrInequality is not null)];
        if (measured.Length == 0)
            return null;
        return new(
            "How unlike the groups are",
            [
                "groups of",
                "worst / best FMR",
                "95 % interval",
                "worst − best FMR",
                "max / geometric mean (NIST IR 8429)",
                "Gini of FMR",
                "worst / best FNMR",
                "FDR",
                "GARBE",
                "IR",
                "",
            ],
            [
                .. measured.Select(j =>
                {
                    MeasuredInequality fmr = j.FmrInequality!;
                    return (IReadOnlyList<ReportCell>)
                        [
                            j.Grouping,
                            Ratio(fmr.Measures.Ratio),
                            new ReportCell(
                                fmr.RatioInterval is { } interval
                                    ? $"{ReportText.Number(interval[0], FigureKind.Ratio)} to "
                                        + $"{ReportText.Number(interval[1], FigureKind.Ratio)}"
                                    : "–",
                                0
                            ),
                            new ReportCell(RateEstimate.Text(fmr.Measures.Difference), fmr.Measures.Difference),
                            Ratio(fmr.Measures.ToGeometricMean),
                            new ReportCell(ReportText.Number(fmr.Measures.Gini ?? double.NaN, FigureKind.Number), 0),
                            Ratio(j.FnmrInequality?.Measures.Ratio),
                            new ReportCell(ReportText.Number(j.Joint?.Fdr ?? double.NaN, FigureKind.Score), 0),
                            new ReportCell(ReportText.Number(j.Joint?.Garbe ?? double.NaN, FigureKind.Number), 0),
                            Ratio(j.Joint?.InequityRate),
                            new ReportCell(
                                $"worst {fmr.Worst}, best {fmr.Best}"
                                    + (fmr.Bounded.Count > 0 ? $"; upper bound stands in for {string.Join(", ", fmr.Bounded)}" : "")
                            ),
                        ];
                }),
            ]
        )
        {
            Caption =
                "Parity is 1 for the quotients, FDR and IR, and 0 for the difference, Gini and GARBE. FDR hardly moves at rates this "
                + "small, whatever the groups; measures with FNMR need second pictures of people whose group is known (–: not "
                + "measurable here).",
        };
    }

    /// <summary>Figures of a division.</summary>
    public static IEnumerable<ReportFigure> Figures(VerificationGroups judged)
    {
        string key = Key(judged.Grouping);
        foreach (VerificationGroup group in judged.Groups.Where(group => group.TooSmall is null))
        {
            yield return ReportFigure.Of($"fmr.{key}.{Key(group.Name)}", $"FMR, {group.Name}", group.Fmr, People) with
            {
                IsDetail = true,
            };
            if (group.Fnmr is { } fnmr)
                yield return ReportFigure.Of($"fnmr.{key}.{Key(group.Name)}", $"FNMR, {group.Name}", fnmr, People) with
                {
                    IsDetail = true,
                };
        }
        if (judged.FmrInequality is { } inequality && inequality.Measures.Ratio is { } ratio)
            yield return new($"fmrRatio.{key}", $"worst / best FMR by {judged.Grouping}", ratio, FigureKind.Ratio)
            {
                Low = inequality.RatioInterval?[0],
                High = inequality.RatioInterval?[1],
                Interval = People,
            };
    }

    /// <summary>What a division shows, in a sentence.</summary>
    public static string Sentence(VerificationGroups judged)
    {
        if (judged.FmrInequality is not { } inequality)
            return $"By {judged.Grouping} no two groups are large enough to be compared at this rate.";
        VerificationGroup worst = judged.Groups.First(group => group.Name == inequality.Worst),
            best = judged.Groups.First(group => group.Name == inequality.Best);
        string interval = inequality.RatioInterval is { } r
            ? $" (95 %: {ReportText.Number(r[0], FigureKind.Ratio)} to {ReportText.Number(r[1], FigureKind.Ratio)})"
            : "";
        return $"By {judged.Grouping}, strangers are taken for one person most often among "
            + $"{worst.Name} ({worst.Fmr}) and least often among {best.Name} ({best.Fmr}), a factor of "
            + $"{ReportText.Number(inequality.Measures.Ratio!.Value, FigureKind.Ratio)}{interval}.";
    }

    /// <summary>A threshold in words.</summary>
    public static string PointText(OperatingPoint point) =>
        point.AskedRate is { } rate
            ? $"the threshold for {CurveReporting.Power(rate)} "
                + $"({ReportText.Number(point.Threshold, FigureKind.Score)}, set by {point.Source})"
            : $"the threshold {ReportText.Number(point.Threshold, FigureKind.Score)}, set by {point.Source}";

    public static string Interval(RateEstimate rate) =>
        rate.Trials == 0 ? "–"
        : rate.IsBound ? $"0 to {RateEstimate.Text(rate.High)}"
        : $"{RateEstimate.Text(rate.Low)} to {RateEstimate.Text(rate.High)}";

    public static ReportCell Number(long count) => new(ReportText.Count(count), count);

    public static ReportWhisker Whisker(string name, RateEstimate rate, string? tooSmall) =>
        new(
            tooSmall is null ? name : $"{name} (too few)",
            rate.Trials == 0 ? null : rate.RateOrBound,
            rate.IsBound ? 0 : rate.Low,
            rate.High,
            rate.IsBound,
            tooSmall is not null
        );

    public static string Key(string name) =>
        string.Concat(name.ToLowerInvariant().Replace(Grouping.Joint, "-").Where(c => c is not ('(' or ')'))).Replace(' ', '-');

    private static ReportCell Ratio(double? value) => new(ReportText.Number(value ?? double.NaN, FigureKind.Ratio), value ?? 0);

    private static ReportChart Chart(
        VerificationGroups judged,
        string what,
        string title,
        string axis,
        IReadOnlyList<ReportWhisker> groups,
        ReportMark? reference,
        bool log
    ) =>
        new()
        {
            Id = $"{what}-{Key(judged.Grouping)}",
            Title = title,
            Caption =
                $"Dots are measured rates, lines their 95 % interval over {ReportText.Count(judged.Draws)} resamplings of people; a bar "
                + "alone is an upper bound where no error was seen; faint groups are too small to judge.",
            X = axis,
            LogX = log,
            InPercent = true,
            Groups = groups,
            Reference = reference,
        };
}
