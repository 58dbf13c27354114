using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Statistics;
using Semblance.Evaluation.Verification;

namespace Semblance.Evaluation.Parts;

/// <summary>False non-matches by pose, on a set with a folder a person, and in it one of frontal and one of profile pictures.</summary>
public static class PosePart
{
    private const int PairsOfEach = 14;

    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set; its names are <c>PERSON/frontal/…</c> and <c>PERSON/profile/…</c>.</param>
    /// <param name="images">Its pictures.</param>
    /// <param name="options">Rates, groups.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EvaluationException">A picture lies in no such folder.</exception>
    public static async Task<MeasuredPart> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<string> images,
        PartOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        FaceSet set = await FaceSet
            .EmbedAsync(runs, source.Set.Pictures([.. images]), image => image.Split('/')[0], cancellationToken)
            .ConfigureAwait(false);
        Grouping pose = Grouping.By("pose", [.. images.Select(FrontalProfilePairs.PoseOf)]);
        IReadOnlyList<OperatingPoint> points = set.Points(options.Rates);
        // The same bytes twice under one person are no second picture.
        HashSet<string> once =
        [
            .. set
                .Faces.DistinctBy(face =>
                    face.Person + Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(face.Embedding.Vector.Span))
                )
                .Select(face => face.Image),
        ];
        ComparedFace[] faces = [.. set.Faces.Where(face => once.Contains(face.Image))];
        AllPairsSet comparisons = Compare(faces);
        string[] kinds = ["frontal with frontal", "frontal with profile", "profile with profile"];
        Dictionary<double, RateEstimate[]> rates = points.ToDictionary(
            point => point.AskedRate!.Value,
            point =>
            {
                ComparedFace[] judged = [.. set.FacesAt(point.AskedRate).Where(face => once.Contains(face.Image))];
                AllPairsSet at = set.HasHandicaps(point.AskedRate) ? Compare(judged) : comparisons;
                return kinds.Select(kind => Refused(at, judged, kind, point.Threshold, options)).ToArray();
            }
        );
        IReadOnlyList<LabelledPair> pairs = FrontalProfilePairs.Draw(images, PairsOfEach, options.Groups.Seed);
        VerificationReport report = VerificationProtocol.Evaluate(
            pairs,
            pair => set.Score(pair.ImageA, pair.ImageB),
            pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Where(image => set.Records[image].Vector is null).ToHashSet()
        );
        return new(
            set.Describe(source.Id, source.Description, images.Select(image => image.Split('/')[0]).Distinct().Count(), [pose], source.Set),
            [Section(source, comparisons, kinds, points, rates, pairs, report, set, images, options)],
            [Sentence(kinds, points, rates)]
        );

        AllPairsSet Compare(IReadOnlyList<ComparedFace> compared) =>
            AllPairsSet.Compare(
                compared,
                new()
                {
                    Rates = [1e-3, 1e-4, 1e-5],
                    Thresholds = [.. points.Select(point => point.Threshold)],
                    Threads = options.Groups.Threads,
                },
                cancellationToken
            );
    }

    private static RateEstimate Refused(AllPairsSet set, ComparedFace[] faces, string kind, double threshold, PartOptions options)
    {
        (int Person, bool Refused)[] mated =
        [
            .. set
                .Mated.Where(c => KindOf(faces[c.A].Image, faces[c.B].Image) == kind)
                .Select(c => (set.PersonOf[c.A], c.Score < threshold)),
        ];
        int[] byPerson = new int[set.People],
            refusedByPerson = new int[set.People];
        foreach ((int person, bool refused) in mated)
        {
            byPerson[person]++;
            refusedByPerson[person] += refused ? 1 : 0;
        }
        double[] drawn =
        [
            .. PeopleBootstrap
                .Draw(set.People, options.Groups.Draws, options.Groups.Seed)
                .Select(times =>
                {
                    long trials = 0,
                        events = 0;
                    for (int p = 0; p < times.Length; p++)
                        (trials, events) = (trials + (long)times[p] * byPerson[p], events + (long)times[p] * refusedByPerson[p]);
                    return (double)events / Math.Max(1, trials);
                }),
        ];
        (double low, double high) = PeopleBootstrap.Interval(drawn);
        return RateEstimate.Resampled(mated.Count(m => m.Refused), mated.Length, low, high);
    }

    private static string KindOf(string a, string b) =>
        (FrontalProfilePairs.PoseOf(a), FrontalProfilePairs.PoseOf(b)) switch
        {
            ("frontal", "frontal") => "frontal with frontal",
            ("profile", "profile") => "profile with profile",
            _ => "frontal with profile",
        };

    private static string Sentence(string[] kinds, IReadOnlyList<OperatingPoint> points, Dictionary<double, RateEstimate[]> rates) =>
        points.Count == 0
            ? "The embedder is not calibrated, so no threshold is judged by pose."
            : $"Of comparisons of one person on tight crops, {rates[points[0].AskedRate!.Value][0]} ({kinds[0]}) and "
                + $"{rates[points[0].AskedRate!.Value][1]} ({kinds[1]}) are refused at the threshold for "
                + $"{CurveReporting.Power(points[0].AskedRate!.Value)}.";

    private static ReportSection Section(
        PartSource source,
        AllPairsSet comparisons,
        string[] kinds,
        IReadOnlyList<OperatingPoint> points,
        Dictionary<double, RateEstimate[]> rates,
        IReadOnlyList<LabelledPair> pairs,
        VerificationReport report,
        FaceSet set,
        IReadOnlyList<string> images,
        PartOptions options
    ) =>
        new()
        {
            Id = $"{source.Id}-pose",
            Title = $"Turned heads ({source.Id})",
            AskedFor = ["EU AI Act Art. 15 (robustness)", "ISO/IEC 29794-5 (head pose)"],
            Data = source.Id,
            Finding = Sentence(kinds, points, rates),
            Protocol =
                $"All {ReportText.Count(comparisons.Mated.Count)} comparisons of one person by the pose of both pictures; intervals "
                + $"resample people ({ReportText.Count(options.Groups.Draws)} times, seed {options.Groups.Seed}). Ten-fold accuracy: "
                + $"for each of {comparisons.People} people {PairsOfEach} mated and {PairsOfEach} non-mated pairs of one frontal and "
                + $"one profile picture, drawn with the same seed; another draw moves it by some tenths of a percent.",
            Figures =
            [
                new("accuracy", $"accuracy, frontal with profile, {ReportText.Count(pairs.Count)} pairs", report.Accuracy, FigureKind.Share)
                {
                    Count = pairs.Count,
                    IsHeadline = true,
                },
                ReportFigure.Of(
                    "missed",
                    "pictures on which no face was found",
                    RateEstimate.Independent(images.Count(image => set.Records[image].Vector is null), images.Count),
                    "wilson"
                ),
                .. points.SelectMany(point =>
                    kinds.Select(
                        (kind, k) =>
                            ReportFigure.Of(
                                $"fnmr.{kind.Replace(" with ", "-")}.{CurveReporting.Power(point.AskedRate!.Value)}",
                                $"FNMR, {kind}, at the threshold for {CurveReporting.Power(point.AskedRate!.Value)}",
                                rates[point.AskedRate!.Value][k],
                                GroupReporting.People
                            )
                    )
                ),
            ],
            Charts =
            [
                .. points
                    .Take(1)
                    .Select(point => new ReportChart
                    {
                        Id = "fnmr",
                        Title = "False non-matches by pose",
                        Caption = "Dots are measured rates, lines their 95 % interval over resampled people.",
                        X = $"false non-match rate at the threshold for {CurveReporting.Power(point.AskedRate!.Value)}",
                        InPercent = true,
                        Groups = [.. kinds.Select((kind, k) => GroupReporting.Whisker(kind, rates[point.AskedRate!.Value][k], null))],
                    }),
            ],
        };
}
