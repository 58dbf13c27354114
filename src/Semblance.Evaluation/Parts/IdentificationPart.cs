using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Identification;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;

namespace Semblance.Evaluation.Parts;

/// <summary>
/// Open-set identification on a set where a folder is a person: of people with several pictures the first is enrolled and the others are
/// probes; those with one picture are strangers.
/// </summary>
public static class IdentificationPart
{
    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set.</param>
    /// <param name="images">Its pictures.</param>
    /// <param name="threshold">The gallery's own rule: from the number of people and a rate of strangers to a threshold; null where it
    /// gives none.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<MeasuredPart> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<string> images,
        Func<int, (double Threshold, double Fpir)?>? threshold,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        FaceSet set = await FaceSet
            .EmbedAsync(runs, source.Set.Pictures([.. images]), VerificationPart.FolderOf, cancellationToken)
            .ConfigureAwait(false);
        string[][] people = [.. images.GroupBy(VerificationPart.FolderOf).Select(person => person.Order(StringComparer.Ordinal).ToArray())];
        string[][] several = [.. people.Where(person => person.Length > 1)],
            single = [.. people.Where(person => person.Length == 1)];
        Dictionary<string, ComparedFace> faces = set.Faces.ToDictionary(face => face.Image);
        string[] gallery = [.. several.Select(person => person.FirstOrDefault(faces.ContainsKey)).OfType<string>()];
        Dictionary<string, int> enrolled = gallery.Select((image, i) => (VerificationPart.FolderOf(image), i)).ToDictionary();
        string[] probes = [.. several.SelectMany(person => person).Except(gallery), .. single.Select(person => person[0])];
        IdentificationProbe[] searches = new IdentificationProbe[probes.Length];
        Parallel.For(0, probes.Length, new ParallelOptions { CancellationToken = cancellationToken }, p =>
        {
            int mate = enrolled.TryGetValue(VerificationPart.FolderOf(probes[p]), out int person) ? person : -1;
            searches[p] = new(
                probes[p],
                mate,
                faces.ContainsKey(probes[p]) ? [.. gallery.Select(reference => (float)set.Score(probes[p], reference)!.Value)] : []
            );
        });
        IdentificationReport report = IdentificationProtocol.Evaluate(gallery.Length, searches, threshold?.Invoke(gallery.Length));
        return new(
            set.Describe(source.Id, source.Description, people.Length, [], source.Set),
            [
                Section(
                    source,
                    report,
                    $"{ReportText.Count(report.Enrolled)} people with several pictures are enrolled with their first one; "
                        + $"{ReportText.Count(report.MatedProbes)} searches with their others are for them, "
                        + $"{ReportText.Count(report.NonMatedProbes)} for people with a single picture, who are strangers. A search that "
                        + "has no face finds nobody."
                ),
            ],
            [Sentence(source, report)]
        );
    }

    private static string Sentence(PartSource source, IdentificationReport report) =>
        report.AtThreshold is { } own
            ? $"In a gallery of {ReportText.Count(report.Enrolled)} people ({source.Id}), set for one stranger in "
                + $"{ReportText.Count((long)Math.Round(1 / own.AskedFpir!.Value))} to get a name, {own.Fpir} of "
                + $"{ReportText.Count(own.Fpir.Trials)} strangers get one, and {own.Fnir} of the enrolled people are not recognised."
            : $"In a gallery of {ReportText.Count(report.Enrolled)} people ({source.Id}), the right one stands first in "
                + $"{ReportText.Number(report.Cmc[0], FigureKind.Share)} of the searches.";

    /// <summary>A search in a gallery as a section of a report.</summary>
    internal static ReportSection Section(PartSource source, IdentificationReport report, string protocol)
    {
        OpenSetRate[] all = [.. report.Rates, .. report.AtThreshold is { } own ? (OpenSetRate[])[own] : []];
        return new()
        {
            Id = $"{source.Id}-identification",
            Title = $"Who is this, or nobody known? ({source.Id})",
            AskedFor = ["EU AI Act Art. 15 (accuracy)", "ISO/IEC 19795-1 (open-set identification)"],
            Data = source.Id,
            Finding = Sentence(source, report),
            Protocol = protocol,
            Figures =
            [
                new("rank1", "right person first, whatever the score", report.Cmc[0], FigureKind.Share) { Count = report.MatedProbes },
                .. all.SelectMany(rate => Figures(rate, ReferenceEquals(rate, report.AtThreshold))),
            ],
            Charts =
            [
                new()
                {
                    Id = "cmc",
                    Title = "Cumulative match characteristic",
                    Caption =
                        "Share of the searches for enrolled people with the right one among the first candidates, whatever the score.",
                    X = "first candidates that are looked at",
                    Y = "right one among them",
                    InPercent = false,
                    Series = [new("all", [.. report.Cmc.Select((share, rank) => new[] { rank + 1.0, share })], HasDots: true)],
                },
            ],
            Tables =
            [
                new(
                    "Strangers who get a name, and people who are not recognised",
                    [
                        "threshold set",
                        "threshold",
                        "FPIR (strangers named)",
                        "95 % interval",
                        "FNIR (not recognised)",
                        "95 % interval",
                        "given a wrong name",
                    ],
                    [
                        .. all.Select(rate =>
                            (IReadOnlyList<ReportCell>)
                                [
                                    ReferenceEquals(rate, report.AtThreshold)
                                        ? $"by the gallery's own rule for {CurveReporting.Power(rate.AskedFpir!.Value)}"
                                        : $"on these strangers for {CurveReporting.Power(rate.AskedFpir!.Value)}"
                                            + (rate.Supported ? "" : " (too few to say)"),
                                    new ReportCell(ReportText.Number(rate.Threshold, FigureKind.Score), rate.Threshold),
                                    new ReportCell(rate.Fpir.ToString(), rate.Fpir.RateOrBound),
                                    new ReportCell(GroupReporting.Interval(rate.Fpir), 0),
                                    new ReportCell(rate.Fnir.ToString(), rate.Fnir.RateOrBound),
                                    new ReportCell(GroupReporting.Interval(rate.Fnir), 0),
                                    new ReportCell(rate.WrongNames.ToString(), rate.WrongNames.RateOrBound),
                                ]
                        ),
                    ]
                ),
            ],
        };
    }

    private static IEnumerable<ReportFigure> Figures(OpenSetRate rate, bool isOwn)
    {
        string key = (isOwn ? "own." : "") + CurveReporting.Power(rate.AskedFpir!.Value),
            setBy = isOwn ? "the gallery's rule" : "these strangers";
        yield return ReportFigure.Of($"fpir.{key}", $"strangers named, threshold by {setBy}", rate.Fpir, "wilson");
        yield return ReportFigure.Of($"fnir.{key}", $"enrolled not recognised, threshold by {setBy}", rate.Fnir, "wilson");
        yield return ReportFigure.Of($"wrong.{key}", $"wrong names, threshold by {setBy}", rate.WrongNames, "wilson");
    }
}
