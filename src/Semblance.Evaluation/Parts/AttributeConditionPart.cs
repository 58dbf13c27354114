using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Running;
using Semblance.Models;

namespace Semblance.Evaluation.Parts;

/// <summary>Whether the figures of an attribute hold when pictures get worse or faces are framed otherwise.</summary>
public static class AttributeConditionPart
{
    /// <summary>Measures the pictures as they are, and made worse in every way that is asked for.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="labels">Labelled faces.</param>
    /// <param name="kind">Age, gender or emotion.</param>
    /// <param name="framing">Whether the pictures are crops; a crop counts as the face's box.</param>
    /// <param name="conditions">Ways to make them worse.</param>
    /// <param name="settings">What else the answers depend on.</param>
    /// <param name="cancellationToken">Stops; what is done is kept where results are.</param>
    /// <returns>A row for every condition, the worst first.</returns>
    /// <exception cref="EvaluationException">No face was judged, or crops are to be covered by a mask: its place is not known.</exception>
    public static async Task<IReadOnlyList<AttributeConditionReport>> MeasureAsync(
        PictureRuns runs,
        PictureSet set,
        IReadOnlyList<LabelledFace> labels,
        ModelKind kind,
        PictureFraming framing,
        IReadOnlyList<PictureDegradation> conditions,
        string settings = "",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(conditions);
        if (framing == PictureFraming.Crops && conditions.Any(condition => condition.Kind == DegradationKind.Mask))
            throw new EvaluationException("a mask needs landmarks, which are not looked for in crops");
        string[] images = [.. labels.Select(face => face.File)];
        IReadOnlyDictionary<string, AttributeRecord> clear = await Estimate(set.Pictures(images)).ConfigureAwait(false);
        List<AttributeConditionReport> rows = [Judge(ConditionPart.Clear, clear)];
        foreach (PictureDegradation condition in conditions)
        {
            DegradedPictures worse = new(set, name => clear[name].Face, condition);
            rows.Add(Judge(condition.ToString(), await Estimate(worse.All(images)).ConfigureAwait(false)));
        }
        return [.. rows.OrderByDescending(row => row.Badness)];

        Task<IReadOnlyDictionary<string, AttributeRecord>> Estimate(IReadOnlyCollection<EvaluationPicture> pictures) =>
            runs.EstimateAsync(pictures, [kind], framing, settings, cancellationToken);

        AttributeConditionReport Judge(string name, IReadOnlyDictionary<string, AttributeRecord> found)
        {
            AttributeConditionReport row = new(name) { Unknown = labels.Count(face => !IsKnown(found[face.File], kind)) };
            if (row.Unknown == labels.Count && name != ConditionPart.Clear)
                return row;
            return kind switch
            {
                ModelKind.Age => row with { Age = AttributeProtocol.Age([.. labels.Select(face => (face, found[face.File].Age))]) },
                ModelKind.Gender => row with
                {
                    Gender = AttributeProtocol.Gender([.. labels.Select(face => (face, found[face.File].PerceivedGender))]),
                },
                ModelKind.Emotion => row with
                {
                    Emotion = AttributeProtocol.Emotion([.. labels.Select(face => (face, found[face.File].Emotion))]),
                },
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Attributes are age, gender and emotion."),
            };
        }
    }

    private static bool IsKnown(AttributeRecord record, ModelKind kind) =>
        kind switch
        {
            ModelKind.Age => record.Age.IsKnown,
            ModelKind.Gender => record.PerceivedGender.IsKnown,
            _ => record.Emotion.IsKnown,
        };
}
