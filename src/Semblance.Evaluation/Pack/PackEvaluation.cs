using System.Diagnostics;
using Semblance.Detection;
using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Detection;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Parts;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Evaluation.Verification;
using Semblance.Models;

namespace Semblance.Evaluation.Pack;

/// <summary>
/// Everything that can be measured on a folder of data in one report. Known are, as folders or tar archives: <c>lfw-view1</c> with
/// <c>lfw-gender.csv</c>, <c>utkface</c>, <c>cfp-train</c>, <c>wider-val50</c>, <c>fer2013</c>, <c>emotion-colour</c>; what is not there is
/// left out and named. Parts that networks were trained or thresholds calibrated on are not measured on.
/// </summary>
public sealed class PackEvaluation
{
    private const double CopySimilarity = 0.8;
    private static readonly (string, string) AdultRace = ("race", "race (adults)"),
        AdultGender = ("gender", "gender (adults)");
    private const string ThroughDefault = "-default";
    private static readonly string[] Conditions =
    [
        "blur:2",
        "blur:4",
        "blur:8",
        "size:40",
        "size:24",
        "size:12",
        "jpeg:20",
        "jpeg:5",
        "noise:25",
        "gamma:3",
        "gamma:0.4",
        "grey",
        "mask",
    ];

    private readonly PackRequest _request;
    private readonly CancellationToken _stop;
    private readonly FaceAnalyzer _analyzer;
    private readonly PictureRuns _runs;
    private readonly List<MeasuredPart> _parts = [];
    private readonly List<string> _absent = [];
    private readonly List<string> _cut = [];
    private PartSource? _speedOn;
    private IReadOnlyList<string> _speedImages = [];

    private PackEvaluation(PackRequest request, FaceAnalyzer analyzer, CancellationToken stop)
    {
        (_request, _analyzer, _stop) = (request, analyzer, stop);
        _runs = new(analyzer, request.Run);
    }

    /// <summary>Evaluates.</summary>
    /// <param name="request">Where the data lies, and how to measure.</param>
    /// <param name="cancellationToken">Stops between pictures; what is done is kept where results are.</param>
    /// <exception cref="EvaluationException">No known set is there, or one is damaged.</exception>
    public static async Task<EvaluationReport> RunAsync(PackRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        long start = Stopwatch.GetTimestamp();
        using FaceAnalyzer analyzer = request.Analyzer(null);
        PackEvaluation evaluation = new(request, analyzer, cancellationToken);
        await evaluation.MeasureAsync().ConfigureAwait(false);
        return evaluation.Report(Stopwatch.GetElapsedTime(start));
    }

    private async Task MeasureAsync()
    {
        await GroupsAsync().ConfigureAwait(false);
        await LfwAsync().ConfigureAwait(false);
        await PoseAsync().ConfigureAwait(false);
        await DetectionAsync().ConfigureAwait(false);
        await AgeAndGenderAsync().ConfigureAwait(false);
        await FerAsync().ConfigureAwait(false);
        await RafAsync().ConfigureAwait(false);
        if (_parts.Count == 0)
            throw new EvaluationException($"{_request.DataFolder}: holds none of {string.Join(", ", _absent)}");
    }

    private async Task GroupsAsync()
    {
        if (Open("utkface", "faces of strangers: differences between groups") is not { } set)
            return;
        IReadOnlyList<LabelledFace> val = set.ReadText("labels.csv", path => LabelledFace.Read(path, ModelKind.Age, "val"));
        string[] images = Cut("utkface", [.. val.Select(face => face.File)]);
        Dictionary<string, double> ages = val.ToDictionary(face => face.File, face => face.Age!.Value);
        // Small children look alike to the embedder, whatever their race; among them other differences drown.
        GroupLabels labels = set.ReadText("labels.csv", path => GroupLabels.Read(path, ["race", "gender", GroupLabels.AgeGroup]))
            .Only([AdultRace, AdultGender], file => ages.TryGetValue(file, out double age) && age >= AgeGroups.Adult);
        PartSource source = new(
            "utkface",
            "UTKFace, validation part: faces of strangers with labelled age, gender and race (as perceived, by an algorithm and "
                + "checked by people), balanced over ages. Nothing was trained on it; it chose epochs and temperatures of the age and "
                + "gender network, nothing of the embedder.",
            set
        );
        Stage("groups of strangers");
        _parts.Add(
            await GroupPart.MeasureAsync(_runs, source, images, labels, CopySimilarity, _request.Parts, _stop).ConfigureAwait(false)
        );
    }

    private async Task LfwAsync()
    {
        if (Open("lfw-view1", "pairs of news photographs") is not { } set)
            return;
        IReadOnlyList<LabelledPair> pairs = set.ReadText("pairs.csv", LabelledPair.Read);
        string genders = Path.Combine(_request.DataFolder, "lfw-gender.csv");
        GroupLabels? labels = File.Exists(genders) ? GroupLabels.Read(genders, ["gender"]) : null;
        if (labels is null)
            _absent.Add("lfw-gender.csv");
        PartSource source = new(
            "lfw",
            "LFW View 1, test pairs: news photographs, mostly of adults, three men to a woman; gender as checked by people. Its people "
                + "are in no calibration and no training of the embedder here; what the embedder was trained on is not stated by its "
                + "publisher and may hold them.",
            set
        );
        Stage("pairs of news photographs");
        (MeasuredPart part, _) = await VerificationPart
            .MeasureAsync(_runs, source, pairs, labels, _request.Parts, _stop)
            .ConfigureAwait(false);
        _parts.Add(part);
        string[] images = [.. pairs.SelectMany(pair => new[] { pair.ImageA, pair.ImageB }).Distinct()];
        (_speedOn, _speedImages) = (source, images);
        Func<int, (double, double)?>? rule = _request.GalleryRule is { } own ? people => own(_analyzer, people) : null;
        await ConditionsAsync(source, images).ConfigureAwait(false);
        MeasuredPart identification = await IdentificationPart.MeasureAsync(_runs, source, images, rule, _stop).ConfigureAwait(false);
        _parts.Add(identification with { Data = part.Data });
    }

    /// <summary>Every second person with several pictures: a face is embedded once for each condition.</summary>
    private async Task ConditionsAsync(PartSource source, string[] images)
    {
        string[][] people =
        [
            .. images.GroupBy(VerificationPart.FolderOf).Where(person => person.Count() > 1).Select(person => person.ToArray()),
        ];
        int most = _request.Sample is { } sample ? Math.Max(2, sample / 2) : people.Length;
        string[] chosen = [.. people.Where((_, i) => i % 2 == 0).Take(most).SelectMany(person => person)];
        PartSource some = source with
        {
            Id = "lfw-poor",
            Description =
                $"{ReportText.Count(chosen.Length)} pictures of LFW View 1's test pairs, of people with several pictures, "
                + $"made worse in several ways.",
        };
        Stage("poor pictures");
        (MeasuredPart part, _) = await ConditionPart
            .MeasureAsync(
                _runs,
                some,
                chosen,
                [.. Conditions.Select(PictureDegradation.Parse)],
                _request.Parts with
                {
                    Rates = [1e-3, 1e-2],
                },
                _stop
            )
            .ConfigureAwait(false);
        _parts.Add(part);
    }

    private async Task PoseAsync()
    {
        if (Open("cfp-train", "tight crops, frontal and profile") is not { } set)
            return;
        string[] all = [.. set.Names(".jpg")];
        string[] images = all;
        if (_request.Sample is { } sample && all.Length > sample)
        {
            // Whole people, so that everybody keeps pictures of both poses.
            string[][] people = [.. all.GroupBy(image => image.Split('/')[0]).Select(person => person.ToArray())];
            int wanted = Math.Max(20, people.Length * sample / all.Length);
            images = [.. Enumerable.Range(0, wanted).SelectMany(i => people[(int)((long)i * people.Length / wanted)])];
            _cut.Add($"cfp: {ReportText.Count(images.Length)} of {ReportText.Count(all.Length)} pictures ({wanted} people)");
        }
        PartSource source = new(
            "cfp",
            "CFP, identities 1 to 350: loose face crops of known people, ten frontal and four profile each. It chose settings of "
                + "detectors; the detector retinaface-wider was trained to find faces, identities 1 to 300 among them. Its people are in "
                + "no calibration and no training of the embedder here.",
            set
        );
        Stage("frontal and profile");
        _parts.Add(await PosePart.MeasureAsync(_runs, source, images, _request.Parts, _stop).ConfigureAwait(false));
    }

    private async Task DetectionAsync()
    {
        if (Open("wider-val50", "photographs with labelled faces") is not { } set)
            return;
        IReadOnlyList<TruthImage> truth = set.ReadText("wider_val50_bbx_gt.txt", DetectionTruth.Read);
        PartSource source = new(
            "wider",
            "WIDER FACE, 50 pictures of the validation part with 898 labelled faces, most of them small. It only measures.",
            set
        );
        Stage("detection");
        (MeasuredPart part, _) = await DetectionPart
            .MeasureAsync(
                _runs,
                source,
                truth,
                new DetectionOptions { MinScore = _analyzer.Detector.ScoreFloor },
                [16, 32],
                "images/",
                _stop
            )
            .ConfigureAwait(false);
        _parts.Add(part);
    }

    private async Task AgeAndGenderAsync()
    {
        if (Open("utkface", null) is not { } set)
            return;
        IReadOnlyList<LabelledFace> all = set.ReadText("labels.csv", path => LabelledFace.Read(path, ModelKind.Age, "val"));
        HashSet<string> chosen = [.. Cut(null, [.. all.Select(face => face.File)])];
        LabelledFace[] labels = [.. all.Where(face => chosen.Contains(face.File))];
        PartSource source = new(
            "utkface-crops",
            "UTKFace, validation part, as face crops: the same pictures as above. The network's epochs and temperatures were chosen on it.",
            set
        );
        Stage("age and gender");
        foreach (ModelKind kind in (ModelKind[])[ModelKind.Age, ModelKind.Gender])
        {
            (MeasuredPart part, _) = await AttributePart
                .MeasureAsync(_runs, source, labels, kind, PictureFraming.Crops, null, "", _request.Parts, _stop)
                .ConfigureAwait(false);
            _parts.Add(part);
        }
    }

    private async Task FerAsync()
    {
        if (Open("fer2013", "grey face crops with expressions") is not { } archive)
            return;
        (IReadOnlyList<LabelledFace> own, IReadOnlyList<LabelledFace> majority, PictureSet set) = FerSet.Read(archive);
        Stage("expression");
        await ExpressionAsync(
                "fer2013",
                own,
                set,
                "fer2013",
                "FER-2013, validation part with the set's own labels, which are noisy: grey crops of 48 pixels."
            )
            .ConfigureAwait(false);
        await ExpressionAsync(
                "ferplus",
                majority,
                set,
                "ferplus",
                "FER-2013, validation part with the majority of FER+'s ten votes where there is one."
            )
            .ConfigureAwait(false);
        await ExpressionAsync(
                "fer2013-default",
                own,
                set,
                null,
                "FER-2013, validation part, through the default answer, which knows no set."
            )
            .ConfigureAwait(false);
    }

    private async Task RafAsync()
    {
        if (Open("emotion-colour", "colour face crops with expressions") is not { } set)
            return;
        IReadOnlyList<LabelledFace> labels = set.ReadText("labels.csv", path => LabelledFace.Read(path, ModelKind.Emotion, "val"));
        await ExpressionAsync("rafdb", labels, set, "rafdb", "RAF-DB, validation part: colour crops of 100 pixels.").ConfigureAwait(false);
        await ExpressionAsync(
                "rafdb-default",
                labels,
                set,
                null,
                "RAF-DB, validation part, through the default answer, which knows no set."
            )
            .ConfigureAwait(false);
    }

    private async Task ExpressionAsync(string id, IReadOnlyList<LabelledFace> labels, PictureSet set, string? labelSet, string description)
    {
        HashSet<string> chosen = [.. Cut(id, [.. labels.Select(face => face.File)])];
        using FaceAnalyzer? other = labelSet is null ? null : _request.Analyzer(labelSet);
        PictureRuns runs = other is null ? _runs : new(other, _request.Run);
        (MeasuredPart part, _) = await AttributePart
            .MeasureAsync(
                runs,
                new(id, description, set),
                [.. labels.Where(face => chosen.Contains(face.File))],
                ModelKind.Emotion,
                PictureFraming.Crops,
                null,
                $"labels of {labelSet ?? "the default"}",
                _request.Parts,
                _stop
            )
            .ConfigureAwait(false);
        _parts.Add(part);
    }

    private EvaluationReport Report(TimeSpan elapsed)
    {
        ReportSection[] speed = _speedOn is { } source
            ? [SpeedPart.MeasureAsync(_analyzer, source, _speedImages, _stop).GetAwaiter().GetResult()]
            : [];
        List<string> limits = [.. ReportLimits.OfEveryReport];
        if (_absent.Count > 0)
            limits.Add($"Not measured, because the data was not there: {string.Join("; ", _absent)}.");
        if (_cut.Count > 0)
            limits.Add($"Cut to a sample, taken at even distances: {string.Join("; ", _cut)}.");
        return new()
        {
            Title = "How well the model pack recognises faces, and for whom",
            Summary = Summary(),
            Origin = ReportMaking.Origin(_request.Command, _request.Version, _request.Parts.Groups, elapsed),
            Models = ReportMaking.Models(_analyzer, FaceFeatures.Age | FaceFeatures.Gender | FaceFeatures.Emotion),
            Data = [.. _parts.Select(part => part.Data).DistinctBy(data => data.Id)],
            Sections = [.. _parts.SelectMany(part => part.Sections), .. speed],
            Limits = limits,
        };
    }

    /// <summary>What was found, the differences between groups first; of expressions the sets' own labels alone.</summary>
    private string[] Summary() =>
        [
            .. _parts
                .Where(part => !part.Data.Id.EndsWith(ThroughDefault, StringComparison.Ordinal))
                .SelectMany(part => part.Sentences)
                .Distinct(),
        ];

    private PictureSet? Open(string name, string? what)
    {
        string path = Path.Combine(_request.DataFolder, name);
        if (Directory.Exists(path))
            return PictureSet.Open(path);
        if (File.Exists(path + ".tar"))
            return PictureSet.Open(path + ".tar");
        if (what is not null)
            _absent.Add($"{name} ({what})");
        return null;
    }

    /// <summary>At most as many pictures as asked for, at even distances.</summary>
    private string[] Cut(string? id, string[] images)
    {
        if (_request.Sample is not { } sample || images.Length <= sample)
            return images;
        if (id is not null)
            _cut.Add($"{id}: {ReportText.Count(sample)} of {ReportText.Count(images.Length)} pictures");
        return [.. Enumerable.Range(0, sample).Select(i => images[(int)((long)i * images.Length / sample)])];
    }

    private void Stage(string what) => _request.Stage?.Report(what);
}
