using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Statistics;
using Semblance.Matching;

namespace Semblance.Evaluation.Calibration;

/// <summary>
/// Whether calibrated rates hold for people who gave nothing to the calibration: people are divided into two halves, each makes cohort and
/// thresholds as for a manifest, and each is measured with those of the other, one axis (age, gender, race, condition of the pictures) at a
/// time.
/// </summary>
public static class HalvesMeasurement
{
    /// <summary>What the axis of degraded pictures is called.</summary>
    public const string ConditionAxis = "condition";

    private const string Clear = "clear";

    /// <summary>Measures.</summary>
    /// <param name="faces">Faces of one contract, degraded copies among them; some of them with names.</param>
    /// <param name="groups">The group of a picture's person by axis; pictures and axes may be missing.</param>
    /// <param name="options">Calibration, rates, bound, smallest group.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EvaluationException">Too few people, or nobody with two pictures in one of the halves.</exception>
    public static HalvesReport Measure(
        IReadOnlyList<CalibrationFace> faces,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> groups,
        HalvesOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(groups);
        options ??= HalvesOptions.Default;
        options.Validate();
        SecondPictures second = SecondPictures.Find(faces, options.CopySimilarity, cancellationToken);
        Dictionary<string, int> people = [];
        foreach (CalibrationFace face in faces)
            people.TryAdd(second.PersonOn(face), people.Count);
        int[] half = ScoreCalibration.Halves(people.Count, options.Calibration.Seed);
        CalibrationFace[][] halves =
        [
            .. Enumerable.Range(0, 2).Select(which => faces.Where(face => half[people[second.PersonOn(face)]] == which).ToArray()),
        ];
        List<HalvesRow> rows = [];
        int[] members = new int[2];
        for (int maker = 0; maker < 2; maker++)
        {
            ScoreCalibrationResult made = ScoreCalibration.Calibrate(
                halves[maker],
                $"half {maker + 1}",
                ScoreCalibration.DefaultStrangers,
                options.Calibration,
                cancellationToken
            );
            members[maker] = made.Members.Count;
            rows.AddRange(Judge(halves[1 - maker], made, maker + 1, second, groups, options, cancellationToken));
        }
        return new(
            [.. Enumerable.Range(0, 2).Select(which => half.Count(of => of == which))],
            [.. halves.Select(of => of.Length)],
            members,
            second.Pairs,
            [
                .. rows.OrderByDescending(row => row.IsBroken)
                    .ThenBy(row => row.TooSmall is not null)
                    .ThenByDescending(row => row.Fmr.RateOrBound / row.AskedRate)
                    .ThenBy(row => row.Axis, StringComparer.Ordinal)
                    .ThenBy(row => row.Group, StringComparer.Ordinal),
            ]
        );
    }

    private static IEnumerable<HalvesRow> Judge(
        CalibrationFace[] faces,
        ScoreCalibrationResult made,
        int maker,
        SecondPictures second,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> groups,
        HalvesOptions options,
        CancellationToken cancellationToken
    )
    {
        FaceMatcher matcher = new(faces[0].Embedding.Model, faces[0].Embedding.Contract, made.Calibration, made.Members);
        ComparedFace[] compared =
        [
            .. faces.Select(face => new ComparedFace(face.Image, second.PersonOn(face), face.Embedding)
            {
                Baseline = matcher.BaselineOf(face.Embedding),
            }),
        ];
        string[] axes = [.. groups.Values.SelectMany(of => of.Keys).Distinct().Order(StringComparer.Ordinal)];
        bool isDegraded = faces.Any(face => !face.IsClear);
        foreach (double rate in options.Rates.Where(rate => matcher.Thresholds is { } table && rate >= table.SmallestRate))
        {
            OperatingPoint point = new(matcher.Thresholds!.ThresholdFor(rate), rate, $"half {maker}");
            ComparedFace[] asked =
            [
                .. compared.Select(face =>
                    face with
                    {
                        Handicap = matcher.ThresholdFor(rate, face.Embedding.Norm) is { } own
                            ? Math.Max(0, own - point.Threshold)
                            : double.PositiveInfinity,
                    }
                ),
            ];
            // Age, gender and race are judged on the pictures as they came.
            int[] clear = [.. Enumerable.Range(0, faces.Length).Where(i => faces[i].IsClear)];
            Grouping[] divisions =
            [
                .. axes.Select(axis =>
                        Grouping.By(axis, [.. clear.Select(i => groups.GetValueOrDefault(faces[i].Image)?.GetValueOrDefault(axis))])
                    )
                    .Where(grouping => grouping.Groups.Count > 0),
            ];
            if (divisions.Length > 0)
            {
                AllPairsSet set = Compare([.. clear.Select(i => asked[i])], divisions, point);
                foreach (Grouping grouping in divisions)
                foreach (
                    VerificationGroup group in VerificationGroupAnalysis
                        .Judge(set, grouping, point, options.Groups, cancellationToken)
                        .Groups
                )
                    yield return Row(grouping.Name, group.Name, point, group.Fmr, group.TooSmall);
            }
            if (!isDegraded)
                continue;
            Grouping conditions = Grouping.By(ConditionAxis, [.. faces.Select(face => face.IsClear ? Clear : face.Condition)], [Clear]);
            VerificationGroups judged = VerificationGroupAnalysis.Judge(
                Compare(asked, [conditions], point),
                conditions,
                point,
                options.Groups,
                cancellationToken
            );
            for (int g = 0; g < judged.Groups.Count; g++)
            {
                VerificationGroup group = judged.Groups[g];
                yield return Row(ConditionAxis, group.Name, point, group.Fmr, group.TooSmall);
                if (g > 0 && judged.Groups[0].Name == Clear)
                    yield return Row(
                        ConditionAxis,
                        $"{group.Name} with {Clear}",
                        point,
                        judged.Matrix[g][0],
                        judged.Matrix[g][0].Trials < RuleOfThree.TrialsFor(rate) ? "too few comparisons" : null
                    );
            }
        }

        AllPairsSet Compare(ComparedFace[] some, Grouping[] divisions, OperatingPoint point) =>
            AllPairsSet.Compare(
                some,
                new()
                {
                    Rates = [point.AskedRate!.Value],
                    Thresholds = [point.Threshold],
                    Groupings = divisions,
                    Threads = options.Groups.Threads,
                },
                cancellationToken
            );

        HalvesRow Row(string axis, string group, OperatingPoint point, RateEstimate fmr, string? tooSmall) =>
            new()
            {
                MadeBy = maker,
                Axis = axis,
                Group = group,
                AskedRate = point.AskedRate!.Value,
                Threshold = point.Threshold,
                Fmr = fmr,
                Bound = options.MostTimes * point.AskedRate.Value,
                TooSmall = tooSmall,
            };
    }
}
