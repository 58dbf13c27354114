using Semblance.Evaluation;
using Semblance.Evaluation.Detection;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Detectors.Losses;

namespace Semblance.Training.Detectors.Pictures;

/// <summary>A picture with its faces.</summary>
/// <param name="Name">Its name in its source.</param>
/// <param name="Bytes">Reads its compressed bytes.</param>
/// <param name="Faces">In its own pixels.</param>
internal sealed record LabelledPicture(string Name, Func<byte[]> Bytes, IReadOnlyList<LabelledFace> Faces);

/// <summary>Reads labelled pictures from a folder or a <c>.tar</c> with an annotation file.</summary>
internal static class LabelledPictures
{
    private static readonly string[] AnnotationNames = ["_bbx_gt.txt", "label.txt", ".csv"];

    /// <summary>Opens a source.</summary>
    /// <param name="path">A folder or a <c>.tar</c> archive; the annotation is in it, pictures beside it or in <c>images</c>.</param>
    /// <exception cref="TrainingException">There is no annotation, or it cannot be read.</exception>
    public static IReadOnlyList<LabelledPicture> Open(string path)
    {
        ImageArchive archive = ImageArchive.Open(path);
        string annotation = AnnotationNames
            .Select(ending =>
                archive.Names.Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault()
            )
            .FirstOrDefault(name => name is not null)
            ?? throw new TrainingException($"{path}: holds no annotation: a text file of WIDER FACE, a label.txt of RetinaFace, or a CSV");
        string root = archive.Names.Any(name => name.StartsWith("images/", StringComparison.Ordinal)) ? "images/" : "";
        try
        {
            return
            [
                .. DetectionTruth
                    .Parse($"{path}/{annotation}", System.Text.Encoding.UTF8.GetString(archive.Read(annotation)))
                    .Select(image => new LabelledPicture(image.File, () => archive.Read(root + image.File), [.. image.Boxes.Select(Face)])),
            ];
        }
        catch (EvaluationException e)
        {
            throw new TrainingException(e.Message, e);
        }
    }

    private static LabelledFace Face(TruthBox box) => new(box.Box, box.Landmarks, box.Ignore || box.Box.Width <= 0 || box.Box.Height <= 0);
}
