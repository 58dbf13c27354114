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

    private FaceSet(
        IReadOnlyList<string> images,
        IReadOnlyDictionary<string, FaceRecord> records,
        IReadOnlyList<ComparedFace> faces,
        FaceMatcher matcher
    ) => (Images, Records, Faces, _matcher) = (images, records, faces, matcher);

    /// <summary>All pictures.</summary>
    public IReadOnlyList<string> Images { get; }

    /// <summary>What was found on each.</summary>
    public IReadOnlyDictionary<string, FaceRecord> Records { get; }

    /// <summary>Those with a face.</summary>
    public IReadOnlyList<ComparedFace> Faces { get; }

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
                .Select(face => new ComparedFace(face.Image, personOf(face.Image), face.Embedding!)),
        ];
        return new(images, records, faces, matcher);
    }

    /// <summary>The score of two pictures; null where one has no face.</summary>
    public double? Score(string a, string b) =>
        Records[a].Embedding is { } first && Records[b].Embedding is { } second ? FaceSimilarity.Cosine(first, second) : null;

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
}
