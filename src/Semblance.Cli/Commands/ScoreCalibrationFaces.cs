using System.Collections.Concurrent;
using Semblance.Cli.Output;
using Semblance.Detection;
using Semblance.Evaluation;
using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Degrading;
using Semblance.Imaging;

namespace Semblance.Cli.Commands;

/// <summary>Embeds labelled pictures and their degraded copies, on all threads, with a progress bar.</summary>
internal static class ScoreCalibrationFaces
{
    /// <summary>Embeds; pictures and copies without a face are left out.</summary>
    /// <param name="analyzer">The line.</param>
    /// <param name="settings">Threads and limits.</param>
    /// <param name="folder">What the files are relative to.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="degradations">Taken in turn, so that every picture gets as many copies as asked for.</param>
    /// <param name="copies">Degraded copies of a picture that does not say itself.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="EvaluationException">A picture cannot be read: a figure over part of a set would be wrong.</exception>
    public static IReadOnlyList<CalibrationFace> Run(
        FaceAnalyzer analyzer,
        Settings settings,
        string folder,
        IReadOnlyList<CalibrationPicture> pictures,
        IReadOnlyList<PictureDegradation> degradations,
        int copies,
        CancellationToken stop
    )
    {
        string[] missing = [.. pictures.Select(picture => picture.File).Where(file => !File.Exists(Path.Combine(folder, file))).Take(1)];
        if (missing.Length > 0)
            throw new EvaluationException($"{missing[0]} not found below {folder}");
        ConcurrentDictionary<(int, int), CalibrationFace> faces = [];
        int[] copiesOf = [.. pictures.Select(picture => degradations.Count == 0 ? 0 : picture.Copies ?? copies)];
        int[] firstOf = new int[pictures.Count];
        for (int i = 1; i < firstOf.Length; i++)
            firstOf[i] = firstOf[i - 1] + copiesOf[i - 1];
        using Progress progress = new("embedding", pictures.Count, settings.Quiet);
        try
        {
            ParallelOptions how = new() { MaxDegreeOfParallelism = settings.Threads, CancellationToken = stop };
            Parallel.For(0, pictures.Count, how, i =>
            {
                CalibrationPicture picture = pictures[i];
                using FaceImage file = FaceImage.FromFile(Path.Combine(folder, picture.File), AnalyzerOptions.Decoding(settings));
                using DegradedPicture? roomy = picture.Margin > 0 ? DegradedPicture.WithMargin(file, picture.Margin, picture.File) : null;
                FaceImage image = roomy?.Image ?? file;
                DetectedFace? found = Add(i, 0, "", image);
                for (int copy = 0; copy < copiesOf[i] && found is not null; copy++)
                {
                    PictureDegradation degradation = degradations[(firstOf[i] + copy) % degradations.Count];
                    using DegradedPicture worse = degradation.Apply(image, found, picture.File);
                    _ = Add(i, copy + 1, degradation.ToString(), worse.Image);
                }
                progress.Advance();
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<SemblanceException>().FirstOrDefault() is { } first)
        {
            throw new EvaluationException($"the set cannot be measured: {first.Message}", e);
        }
        return [.. faces.OrderBy(face => face.Key).Select(face => face.Value)];

        DetectedFace? Add(int picture, int copy, string condition, FaceImage image)
        {
            if (analyzer.EmbedChosen(image, FaceChoice.Center, stop) is not { } face)
                return null;
            CalibrationPicture of = pictures[picture];
            faces[(picture, copy)] = new(of.File, of.Person, of.Kind, condition, face.Embedding!);
            return face.Detection;
        }
    }
}
