using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Reporting;
using Semblance.Evaluation.Running;
using Semblance.Models;

namespace Semblance.Evaluation.Parts;

/// <summary>The ages that are furthest off, or the answers that are surest and wrong.</summary>
internal static class AttributeErrors
{
    private const int Shown = 12;

    /// <summary>The worst first; none where pictures are not to be shown.</summary>
    public static List<ReportPictures> Worst(
        PartSource source,
        (LabelledFace Face, AttributeRecord Record)[] faces,
        ModelKind kind,
        PartOptions options
    )
    {
        if (options.Pictures == ErrorPictures.None)
            return [];
        IEnumerable<(string File, double Error, string Caption)> errors = kind switch
        {
            ModelKind.Age => faces
                .Where(f => f.Record.Years is not null)
                .Select(f =>
                    (
                        f.Face.File,
                        Math.Abs(f.Record.Years![0] - f.Face.Age!.Value),
                        $"labelled {f.Face.Age:0} years, estimated {f.Record.Years![0]:0}: {f.Face.File}"
                    )
                ),
            ModelKind.Gender => faces
                .Where(f => f.Record.Gender is not null && f.Record.Gender != f.Face.Gender)
                .Select(f =>
                    (
                        f.Face.File,
                        f.Record.GenderProbability,
                        $"labelled {f.Face.Gender}, answered {f.Record.Gender} ({f.Record.GenderProbability:0.00}): {f.Face.File}"
                    )
                ),
            _ => faces
                .Where(f => f.Record.Expression is not null && f.Record.Emotion.Value!.Label != f.Face.Emotion)
                .Select(f =>
                    (
                        f.Face.File,
                        f.Record.Expression!.Values.Max(),
                        $"labelled {f.Face.Emotion}, answered {f.Record.Emotion.Value!.Label} "
                            + $"({f.Record.Expression!.Values.Max():0.00}): {f.Face.File}"
                    )
                ),
        };
        return
        [
            .. errors
                .OrderByDescending(error => error.Error)
                .Take(Shown)
                .Select(error => new ReportPictures(error.Caption, [Thumbnails.Of(source.Set, error.File)])),
        ];
    }
}
