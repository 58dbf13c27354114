using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Fairness;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Models;

namespace Semblance.Evaluation.Parts;

/// <summary>Apparent age, perceived gender or expression on labelled faces.</summary>
public static class AttributePart
{
    /// <summary>Measures.</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="source">The set.</param>
    /// <param name="labels">Labelled faces.</param>
    /// <param name="kind">Age, gender or emotion.</param>
    /// <param name="framing">Whether the pictures are crops.</param>
    /// <param name="mix">Shares of the age groups to which the mean error is reweighted; null for none.</param>
    /// <param name="settings">What else the answers depend on.</param>
    /// <param name="options">Resampling, smallest group.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The part of a report, and the protocol's own report.</returns>
    public static async Task<(MeasuredPart Part, object Report)> MeasureAsync(
        PictureRuns runs,
        PartSource source,
        IReadOnlyList<LabelledFace> labels,
        ModelKind kind,
        PictureFraming framing,
        IReadOnlyList<double>? mix,
        string settings,
        PartOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(options);
        string[] images = [.. labels.Select(face => face.File)];
        IReadOnlyDictionary<string, AttributeRecord> found = await runs.EstimateAsync(
                source.Set.Pictures(images),
                [kind],
                framing,
                settings,
                cancellationToken
            )
            .ConfigureAwait(false);
        (LabelledFace Face, AttributeRecord Record)[] faces = [.. labels.Select(face => (face, found[face.File]))];
        (object report, ReportSection section) = kind switch
        {
            ModelKind.Age => AgeReporting.Of(source, faces, mix, options),
            ModelKind.Gender => GenderReporting.Of(source, faces, options),
            ModelKind.Emotion => ExpressionReporting.Of(source, faces),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Attributes are age, gender and emotion."),
        };
        Grouping[] groupings =
        [
            .. Divisions(labels).Where(grouping => grouping.Groups.Count > 0),
            .. kind == ModelKind.Emotion ? (Grouping[])[Grouping.By("expression", [.. labels.Select(face => face.Emotion)])] : [],
        ];
        ReportData data = new(
            source.Id,
            source.Description,
            images.Length,
            null,
            faces.Count(face => face.Record is { NoFace: not null, IsUnreadable: false }),
            faces.Count(face => face.Record.IsUnreadable),
            Fingerprints.Of(source.Set, images.Distinct()),
            [
                .. groupings.Select(grouping => new ReportComposition(
                    grouping.Name,
                    grouping.Groups.Select((group, g) => (group, grouping.GroupOf.Count(of => of == g))).ToDictionary()
                )),
            ]
        );
        section = section with { Pictures = AttributeErrors.Worst(source, faces, kind, options) };
        return (new(data, [section], [section.Finding]), report);
    }

    /// <summary>Divisions of labelled faces by gender, race and age.</summary>
    internal static IEnumerable<Grouping> Divisions(IReadOnlyList<LabelledFace> labels)
    {
        yield return Grouping.By("gender", [.. labels.Select(face => face.Gender)]);
        yield return Grouping.By("race", [.. labels.Select(face => face.Race)]);
        yield return Grouping.By("age", [.. labels.Select(face => face.Age is { } age ? AgeGroups.Of(age) : null)], AgeGroups.All);
    }
}
