using Semblance.Embedding;
using Semblance.Evaluation.Comparisons;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Matching;

namespace Semblance.Evaluation.Parts;

/// <summary>A set's pictures with the faces on them, ready to be compared.</summary>
internal sealed class FaceSet
{
    private readonly FaceMatcher _matcher;
    private readonly Dictionary<string, ComparedFace> _byImage;

    private FaceSet(
        IReadOnlyList<string> images,
        IReadOnlyDictionary<string, FaceRecord> records,
        IReadOnlyList<ComparedFace> faces,
        FaceMatcher matcher
    )
    {
        (Images, Records, Faces, _matcher) = (images, records, faces, matcher);
        _byImage = faces.ToDictionary(face => face.Image);
    }

    /// <summary>All pictures.</summary>
    public IReadOnlyList<string> Images { get; }

    /// <summary>What was found on each.</summary>
    public IReadOnlyDictionary<string, FaceRecord> Records { get; }

    /// <summary>Those with a face, compared whatever their quality.</summary>
    public IReadOnlyList<ComparedFace> Faces { get; }

    /// <summary>The same, with what their quality asks for at a rate: poor pictures need more, or allow no answer.</summary>
    /// <param name="rate">The rate; null for a threshold of somebody's own.</param>
    public IReadOnlyList<ComparedFace> FacesAt(double? rate) =>
        [.. Faces.Select(face => face with { Handicap = HandicapOf(face.Embedding, rate) })];

    /// <summary>Whether quality asks for more of any face at a rate.</summary>
    /// <param name="rate">The rate; null for a threshold of somebody's own.</param>
    public bool HasHandicaps(double? rate) => Faces.Any(face => HandicapOf(face.Embedding, rate) > 0);

    /// <summary>Whether a picture has a face that allows no answer at a rate.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="rate">The rate.</param>
    public bool AllowsNoAnswer(string image, double rate) =>
        Records[image].Embedding is { } embedding && double.IsPositiveInfinity(HandicapOf(embedding, rate));

    /// <summary>Embeds a set.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="pictures">The set.</param>
    /// <param name="personOf">Who is on a picture.</param>
    /// <param name="stop">Stops.</param>
    /// <param name="framing">Whether the pictures are aligned crops.</param>
    public static async Task<FaceSet> EmbedAsync(
        PictureRuns runs,
        IReadOnlyList<EvaluationPicture> pictures,
        Func<string, string> personOf,
        CancellationToken stop,
        PictureFraming framing = PictureFraming.Photographs
    )
    {
        IReadOnlyDictionary<string, FaceRecord> records = await (
            framing == PictureFraming.Crops ? runs.EmbedAlignedAsync(pictures, stop) : runs.EmbedAsync(pictures, stop)
        ).ConfigureAwait(false);
        string[] images = [.. pictures.Select(picture => picture.Name).Distinct()];
        FaceMatcher matcher = runs.Analyzer.Matcher;
        ComparedFace[] faces =
        [
            .. images
                .Select(image => (Image: image, records[image].Embedding))
                .Where(face => face.Embedding is not null)
                .Select(face => new ComparedFace(face.Image, personOf(face.Image), face.Embedding!)
                {
                    Baseline = matcher.BaselineOf(face.Embedding!),
                }),
        ];
        return new(images, records, faces, matcher);
    }

    /// <summary>The score of two pictures; null where one has no face.</summary>
    public double? Score(string a, string b) =>
        _byImage.TryGetValue(a, out ComparedFace? first) && _byImage.TryGetValue(b, out ComparedFace? second)
            ? first.ScoreWith(second)
            : null;

    /// <summary>The thresholds that are in use for rates, as far as they are supported.</summary>
    public IReadOnlyList<OperatingPoint> Points(IReadOnlyList<double> rates) =>
        [
            .. rates
                .Where(rate => _matcher.Thresholds is { } table && rate >= table.SmallestRate)
                .Select(rate => new OperatingPoint(_matcher.Thresholds!.ThresholdFor(rate), rate, $"the calibration of {_matcher.Model}")),
        ];

    /// <summary>The set as a report describes it.</summary>
    public ReportData Describe(string id, string description, int? people, IEnumerable<Grouping> groupings, PictureSet set) =>
        new(
            id,
            description,
            Images.Count,
            people,
            Images.Count(image => Records[image] is { Vector: null, Unreadable: null }),
            Images.Count(image => Records[image].Unreadable is not null),
            Fingerprints.Of(set, Images),
            [
                .. groupings.Select(grouping => new ReportComposition(
                    grouping.Name,
                    grouping.Groups.Select((group, g) => (group, grouping.GroupOf.Count(of => of == g))).ToDictionary()
                )),
            ]
        );

    private double HandicapOf(FaceEmbedding embedding, double? rate) =>
        rate is not { } asked || _matcher.Thresholds is not { } best ? 0
        : _matcher.ThresholdFor(asked, embedding.Norm) is { } own ? Math.Max(0, own - best.ThresholdFor(asked))
        : double.PositiveInfinity;
}
