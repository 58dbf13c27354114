using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Statistics;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Parts;

/// <summary>
/// Whether the rates of the thresholds in use hold when pictures get worse: every picture of a set is degraded in every way that is asked
/// for, and compared with the others degraded alike and with the clear ones. A picture never meets a copy of itself.
/// </summary>
public static class ConditionPart
{
    /// <summary>What the pictures as they are are called.</summary>
    public const string Clear = "clear";

    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set; the folder of a picture is its person.</param>
    /// <param name="images">Its pictures.</param>
    /// <param name="conditions">Ways to make them worse.</param>
    /// <param name="options">Rates, resampling.</param>
    /// <param name="cancellationToken">Stops; what is done is kept where results are.</param>
    /// <returns>The part of a report, and its rows: the worst first, rate by rate.</returns>
    /// <exception cref="EvaluationException">The embedder has no calibrated threshold, or nobody has a second picture.</exception>
    public static async Task<(MeasuredPart Part, IReadOnlyList<ConditionReport> Reports)> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<string> images,
        IReadOnlyList<PictureDegradation> conditions,
        PartOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(options);
        if (images.GroupBy(VerificationPart.FolderOf).All(person => person.Count() < 2))
            throw new EvaluationException("conditions are measured on people with several pictures, each in a folder of their own");
        FaceSet clear = await Embed(source.Set.Pictures(images)).ConfigureAwait(false);
        IReadOnlyList<OperatingPoint> points = clear.Points(options.Rates);
        if (points.Count == 0)
            throw new EvaluationException("the embedder is not calibrated for any of the rates, so there is no threshold to judge");
        List<ConditionReport> reports = [.. points.Select(point => Judge(Clear, clear, clear, point, options, cancellationToken))];
        List<(string Condition, FaceSet Set)> sets = [(Clear, clear)];
        foreach (PictureDegradation condition in conditions)
        {
            DegradedPictures degraded = new(source.Set, name => clear.Records[name].Face, condition);
            FaceSet set = await Embed(degraded.WithFace(images)).ConfigureAwait(false);
            sets.Add((condition.ToString(), set));
            reports.AddRange(points.Select(point => Judge(condition.ToString(), set, clear, point, options, cancellationToken)));
        }
        IReadOnlyList<ConditionReport> ordered =
        [
            .. reports
                .OrderBy(report => report.AskedRate)
                .ThenByDescending(report => report.CertainExcess)
                .ThenByDescending(report => Math.Max(report.Fmr.RateOrBound, report.FmrWithClear.RateOrBound)),
        ];
        IReadOnlyList<(double Norm, RateEstimate Fmr)> byQuality = ConditionQuality.Measure(sets, points[^1], options, cancellationToken);
        return (
            ConditionReporting.Part(source, clear.Describe(source.Id, source.Description, null, [], source.Set), ordered, byQuality),
            ordered
        );

        Task<FaceSet> Embed(IReadOnlyList<EvaluationPicture> pictures) =>
            FaceSet.EmbedAsync(runs, pictures, VerificationPart.FolderOf, cancellationToken, source.Framing);
    }

    private static ConditionReport Judge(
        string condition,
        FaceSet set,
        FaceSet clear,
        OperatingPoint point,
        PartOptions options,
        CancellationToken stop
    )
    {
        double rate = point.AskedRate!.Value;
        IReadOnlyList<ComparedFace> own = set.FacesAt(rate),
            others = clear.FacesAt(rate);
        bool isClear = ReferenceEquals(set, clear);
        ComparedFace[] all = isClear ? [.. own] : [.. own, .. others];
        Grouping grouping = Grouping.By("pictures", [.. all.Select((_, i) => i < own.Count ? condition : Clear)], [condition]);
        ComparisonSet comparisons = AllPairsSet.Compare(
            all,
            new()
            {
                Rates = [rate],
                Thresholds = [point.Threshold],
                Groupings = [grouping],
                Threads = options.Groups.Threads,
            },
            stop
        );
        VerificationGroups judged = VerificationGroupAnalysis.Judge(comparisons, grouping, point, options.Groups, stop);
        int asked = set.Images.Count;
        return new()
        {
            Condition = condition,
            AskedRate = rate,
            Threshold = point.Threshold,
            Missed = RateEstimate.Independent(set.Images.Count(image => set.Records[image].Vector is null), asked),
            CannotTell = RateEstimate.Independent(set.Images.Count(image => set.AllowsNoAnswer(image, rate)), asked),
            Fmr = judged.Matrix[0][0],
            FmrWithClear = isClear ? judged.Matrix[0][0] : judged.Matrix[0][1],
            Fnmr = MatedRefusals.Rate(own, own, point.Threshold, options.Groups),
            FnmrWithClear = MatedRefusals.Rate(own, others, point.Threshold, options.Groups),
        };
    }
}
