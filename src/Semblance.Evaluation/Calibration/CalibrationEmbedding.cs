using System.Collections.Concurrent;
using Semblance.Detection;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Running;
using Semblance.Imaging;

namespace Semblance.Evaluation.Calibration;

/// <summary>Embeds labelled pictures and their degraded copies.</summary>
public static class CalibrationEmbedding
{
    /// <summary>Embeds; pictures and copies without a face are left out, and so are pictures that cannot be read
    /// (<see cref="PictureRuns.Unreadable"/>).</summary>
    /// <param name="runs">Works through pictures.</param>
    /// <param name="set">Where they are.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="degradations">Taken in turn, so that every picture gets as many copies as asked for.</param>
    /// <param name="copies">Degraded copies of a picture that does not say itself.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="EvaluationException">A picture is not there.</exception>
    public static async Task<IReadOnlyList<CalibrationFace>> EmbedAsync(
        PictureRuns runs,
        PictureSet set,
        IReadOnlyList<CalibrationPicture> pictures,
        IReadOnlyList<PictureDegradation> degradations,
        int copies,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(degradations);
        ConcurrentDictionary<(int, int), CalibrationFace> faces = [];
        int[] copiesOf = [.. pictures.Select(picture => degradations.Count == 0 ? 0 : picture.Copies ?? copies)];
        int[] firstOf = new int[pictures.Count];
        for (int i = 1; i < firstOf.Length; i++)
            firstOf[i] = firstOf[i - 1] + copiesOf[i - 1];
        await runs.ForEachAsync(
                set.Pictures([.. pictures.Select(picture => picture.File)]),
                (i, bytes) =>
                {
                    CalibrationPicture picture = pictures[i];
                    using FaceImage file = runs.Open(picture.File, bytes);
                    using DegradedPicture? roomy =
                        picture.Margin > 0 ? DegradedPicture.WithMargin(file, picture.Margin, picture.File) : null;
                    FaceImage image = roomy?.Image ?? file;
                    DetectedFace? found = Add(i, 0, "", image);
                    for (int copy = 0; copy < copiesOf[i] && found is not null; copy++)
                    {
                        PictureDegradation degradation = degradations[(firstOf[i] + copy) % degradations.Count];
                        using DegradedPicture worse = degradation.Apply(image, found, picture.File);
                        _ = Add(i, copy + 1, degradation.ToString(), worse.Image);
                    }
                },
                (_, _) => { },
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. faces.OrderBy(face => face.Key).Select(face => face.Value)];

        DetectedFace? Add(int picture, int copy, string condition, FaceImage image)
        {
            if (runs.Analyzer.EmbedChosen(image, FaceChoice.Center, cancellationToken) is not { } face)
                return null;
            CalibrationPicture of = pictures[picture];
            faces[(picture, copy)] = new(of.File, of.Person, of.Kind, condition, face.Embedding!);
            return face.Detection;
        }
    }
}
