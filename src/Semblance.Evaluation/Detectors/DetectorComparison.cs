using Semblance.Detection;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Verification;
using Semblance.Files;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Evaluation.Detectors;

/// <summary>
/// Detectors side by side, by what the whole line makes of them: faces found, landmarks, verification, false faces, time, memory, size.
/// Known are, as folders or tar archives: <c>wider-val50</c> (labelled faces, and face-free cuttings of its pictures), <c>photos</c>
/// (ordinary photographs; those whose names begin with <c>no_face</c> show none), <c>lfw-view1</c>, and <c>cfp-train</c>, of which
/// identities 301 to 350 are taken. What is not there is left out and named.
/// </summary>
public sealed class DetectorComparison
{
    private const int FirstPerson = 301,
        LastPerson = 350;

    /// <summary>Pairs of each kind a person, so that fifty people make 4,000.</summary>
    private const int PairsOfEach = 40;

    private static readonly int[] Heights = [16, 32, 64];

    private readonly DetectorComparisonRequest _request;
    private readonly CancellationToken _stop;
    private readonly List<string> _absent = [];
    private readonly Dictionary<string, string> _unreadable = [];
    private readonly PictureSet? _labelled,
        _photographs,
        _pairs,
        _poses;

    private readonly IReadOnlyList<TruthImage> _truth = [];
    private readonly IReadOnlyList<EvaluationPicture> _cuttings = [];
    private readonly IReadOnlyList<string> _photographNames = [];
    private IReadOnlyDictionary<string, DetectionRecord>? _yardstick;

    private DetectorComparison(DetectorComparisonRequest request, CancellationToken stop)
    {
        (_request, _stop) = (request, stop);
        _labelled = Open("wider-val50", "photographs with labelled faces");
        _photographs = Open("photos", "ordinary photographs");
        _pairs = Open("lfw-view1", "pairs of news photographs");
        _poses = Open("cfp-train", "frontal and profile");
        if (_labelled is { } labelled)
        {
            _truth = Some(labelled.ReadText("wider_val50_bbx_gt.txt", DetectionTruth.Read));
            _cuttings = FaceFreeCuttings.Cut(labelled, _truth, "images/", request.Cuttings, request.Seed, stop);
        }
        if (_photographs is { } photographs)
            _photographNames = photographs.Names(".jpg");
    }

    /// <summary>Compares.</summary>
    /// <param name="request">Where the data lies, which detectors, how to measure.</param>
    /// <param name="cancellationToken">Stops between pictures; what is done is kept where results are.</param>
    /// <exception cref="EvaluationException">No known set is there, or one is damaged.</exception>
    public static async Task<DetectorComparisonReport> RunAsync(
        DetectorComparisonRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        return await new DetectorComparison(request, cancellationToken).RunAsync().ConfigureAwait(false);
    }

    private async Task<DetectorComparisonReport> RunAsync()
    {
        if (_labelled is null && _photographs is null && _pairs is null && _poses is null)
            throw new EvaluationException($"{_request.DataFolder}: holds none of {string.Join(", ", _absent)}");
        EvaluationPicture[] faceFree = FaceFree();
        if (_photographs is not null && _request.Yardstick is { } yardstick)
            _yardstick = await OnPhotographsAsync(yardstick).ConfigureAwait(false);
        List<DetectorFigures> figures = [];
        foreach (InstalledModel model in _request.Detectors)
            figures.Add(await MeasureAsync(model, faceFree).ConfigureAwait(false));
        DetectorComparisonReport report = new(figures)
        {
            Yardstick = _yardstick is null ? null : _request.Yardstick!.Id,
            Labelled = _labelled is null ? null : new(_truth.Count, _truth.Sum(image => image.Boxes.Count(box => !box.Ignore))),
            FaceFree = faceFree.Length,
            Cuttings = _cuttings.Count,
            Absent = _absent,
            Unreadable = _unreadable,
        };
        return _request.Repetitions == 0 || _photographs is null ? report : await TimedAsync(report, _photographs).ConfigureAwait(false);
    }

    private async Task<DetectorFigures> MeasureAsync(InstalledModel model, EvaluationPicture[] faceFree)
    {
        using FaceAnalyzer analyzer = _request.Analyzer(model.Id, _request.Run.Threads);
        PictureRuns runs = new(analyzer, _request.Run);
        DetectorFigures figures = new(model.Id, model.Manifest.CommercialUse, model.Size);
        if (_labelled is { } labelled)
        {
            Stage(model, "labelled faces");
            figures = figures with
            {
                AveragePrecision = await PrecisionAsync(runs, labelled).ConfigureAwait(false),
                FalseFacesOnCuttings = await FalseFacesAsync(runs, _cuttings).ConfigureAwait(false),
            };
        }
        if (faceFree.Length > 0)
            figures = figures with { FalseFaces = await FalseFacesAsync(runs, faceFree).ConfigureAwait(false) };
        if (_yardstick is { } known && model.Id != _request.Yardstick!.Id)
        {
            Stage(model, "landmarks");
            IReadOnlyDictionary<string, DetectionRecord> found = await OnPhotographsAsync(model).ConfigureAwait(false);
            figures = figures with
            {
                Landmarks = LandmarkAgreement.Of(known.Select(picture => (picture.Value.Faces, found[picture.Key].Faces))),
            };
        }
        if (_pairs is { } news)
        {
            Stage(model, "pairs of news photographs");
            IReadOnlyList<LabelledPair> all = news.ReadText("pairs.csv", LabelledPair.Read);
            LabelledPair[] pairs = [.. Some([.. all.Where(pair => pair.Same)]), .. Some([.. all.Where(pair => !pair.Same)])];
            figures = figures with { Pairs = await VerifyAsync(runs, news, _request.Sample is null ? all : pairs).ConfigureAwait(false) };
        }
        if (_poses is { } poses)
        {
            Stage(model, "frontal and profile");
            figures = figures with { FrontalProfile = await VerifyAsync(runs, poses, PosePairs(poses)).ConfigureAwait(false) };
        }
        foreach ((string name, string why) in runs.Unreadable)
            _unreadable.TryAdd(name, why);
        return figures;
    }

    private async Task<IReadOnlyDictionary<string, double>> PrecisionAsync(PictureRuns runs, PictureSet set)
    {
        float floor = runs.Analyzer.Detector.ScoreFloor;
        IReadOnlyDictionary<string, DetectionRecord> found = await runs.DetectAsync(
                set.Pictures([.. _truth.Select(image => "images/" + image.File)]),
                new() { MinScore = floor },
                _stop
            )
            .ConfigureAwait(false);
        return DetectionProtocol.Evaluate([.. _truth.Select(image => (image, found["images/" + image.File].Faces))], Heights, floor).Ap;
    }

    private async Task<int> FalseFacesAsync(PictureRuns runs, IReadOnlyList<EvaluationPicture> pictures)
    {
        IReadOnlyDictionary<string, DetectionRecord> found = await runs.DetectAsync(pictures, DetectionOptions.Default, _stop)
            .ConfigureAwait(false);
        return found.Values.Sum(record => record.Values.Length);
    }

    private async Task<AccuracyFigures> VerifyAsync(PictureRuns runs, PictureSet set, IReadOnlyList<LabelledPair> pairs)
    {
        string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct()];
        FaceSet faces = await FaceSet.EmbedAsync(runs, set.Pictures(images), image => image, _stop).ConfigureAwait(false);
        HashSet<string> missed = [.. images.Where(image => faces.Records[image].Vector is null)];
        VerificationReport report = VerificationProtocol.Evaluate(pairs, pair => faces.Score(pair.ImageA, pair.ImageB), missed);
        return new(report.Accuracy, report.Missed, report.Images, report.Pairs);
    }

    private IReadOnlyList<LabelledPair> PosePairs(PictureSet set)
    {
        IGrouping<string, string>[] people =
        [
            .. set.Names(".jpg")
                .GroupBy(image => image.Split('/')[0])
                .Where(person => int.TryParse(person.Key, out int number) && number is >= FirstPerson and <= LastPerson),
        ];
        return FrontalProfilePairs.Draw([.. Some(people).SelectMany(person => person)], PairsOfEach, _request.Seed);
    }

    private async Task<IReadOnlyDictionary<string, DetectionRecord>> OnPhotographsAsync(InstalledModel model)
    {
        using FaceAnalyzer analyzer = _request.Analyzer(model.Id, _request.Run.Threads);
        return await new PictureRuns(analyzer, _request.Run)
            .DetectAsync(_photographs!.Pictures([.. Some(_photographNames)]), DetectionOptions.Default, _stop)
            .ConfigureAwait(false);
    }

    private async Task<DetectorComparisonReport> TimedAsync(DetectorComparisonReport report, PictureSet photographs)
    {
        _request.Stage?.Report("times");
        List<FaceAnalyzer> analyzers = [];
        IReadOnlyList<FaceImage> small = TimedPictures.Small(photographs, _photographNames);
        IReadOnlyList<EvaluationPicture> large = TimedPictures.Large(photographs, _photographNames);
        try
        {
            foreach (DetectorFigures figures in report.Detectors)
                analyzers.Add(_request.Analyzer(figures.Detector, 1));
            TimeFigures?[] onSmall = Times(analyzers, small.Count, (detector, i) =>
                    detector.Detect(small[i], DetectionOptions.Default, _stop)
                ),
                onLarge = Times(analyzers, large.Count, (detector, i) =>
                {
                    using FaceImage image = FaceImage.FromBytes(large[i].Read(), large[i].Name, _request.Run.Decoding);
                    detector.Detect(image, DetectionOptions.Default, _stop);
                });
            List<DetectorFigures> timed = [];
            for (int i = 0; i < analyzers.Count; i++)
                timed.Add(
                    report.Detectors[i] with
                    {
                        Small = onSmall[i],
                        Large = onLarge[i],
                        PeakBytes =
                            large.Count == 0 || _request.PeakMemory is not { } peak
                                ? null
                                : await peak(_request.Detectors[i], large[0].Read(), _stop).ConfigureAwait(false),
                    }
                );
            return report with
            {
                Detectors = timed,
                SmallPhotographs = small.Count,
                LargePhotographs = large.Count,
                Repetitions = _request.Repetitions,
            };
        }
        finally
        {
            foreach (IDisposable owned in analyzers.Concat<IDisposable>(small))
                owned.Dispose();
        }
    }

    private TimeFigures?[] Times(List<FaceAnalyzer> analyzers, int pictures, Action<IFaceDetector, int> work) =>
        pictures == 0
            ? new TimeFigures?[analyzers.Count]
            :
            [
                .. DetectorTiming.Measure(
                    [.. analyzers.Select(analyzer => (Action<int>)(i => work(analyzer.Detector, i)))],
                    pictures,
                    _request.Repetitions,
                    DetectorTiming.ProcessorTime,
                    _stop
                ),
            ];

    private EvaluationPicture[] FaceFree() =>
        [
            .. _photographs?.Pictures([.. _photographNames.Where(name => name.StartsWith("no_face", StringComparison.Ordinal))]) ?? [],
            .. _request.FaceFree.Select(file => new EvaluationPicture(file, () => RegularFile.ReadAllBytes(file, LargestFiles.Picture))),
        ];

    private PictureSet? Open(string name, string what)
    {
        string path = Path.Combine(_request.DataFolder, name);
        if (Directory.Exists(path))
            return PictureSet.Open(path);
        if (File.Exists(path + ".tar"))
            return PictureSet.Open(path + ".tar");
        _absent.Add($"{name} ({what})");
        return null;
    }

    private IReadOnlyList<T> Some<T>(IReadOnlyList<T> all) =>
        _request.Sample is { } sample && all.Count > sample
            ? [.. Enumerable.Range(0, sample).Select(i => all[(int)((long)i * all.Count / sample)])]
            : all;

    private void Stage(InstalledModel model, string what) => _request.Stage?.Report($"{model.Id}: {what}");
}
