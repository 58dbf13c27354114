using Semblance.Evaluation.Calibration;
using Semblance.Evaluation.Verification;
using Semblance.Training.Identity;

namespace Semblance.Training.Embedders;

/// <summary>Faces of people who were not trained on, for the thresholds.</summary>
/// <param name="Source">What they are, in words, for the manifest.</param>
/// <param name="Faces">Name of the picture, whose it is, and its crop.</param>
internal sealed record CalibrationFaces(string Source, IReadOnlyList<(string Image, string Person, byte[] Crop)> Faces)
{
    /// <summary>The faces that the options name; null where there are none.</summary>
    public static CalibrationFaces? Open(
        EmbedderOptions options,
        LabelledCrops people,
        FaceCropper cropper,
        string cache,
        CancellationToken stop
    )
    {
        if (options.Calibrate is { } pairs)
            return OfPairs(pairs, options, cropper, cache, stop);
        if (people.Aside is not { } aside)
            return null;
        string source =
            $"{aside.Classes} people of {options.DataName ?? Path.GetFileName(options.Data.TrimEnd('/'))} who were not trained on; "
            + $"{cropper.Id}";
        return new(source, [.. aside.Crops.Select((crop, i) => ($"{i}", aside.Names[aside.Labels[i]], crop))]);
    }

    /// <summary>Measures the thresholds; the code is that of <c>semblance models calibrate</c>.</summary>
    /// <param name="vectors">Unit vectors of <see cref="Faces"/>.</param>
    /// <param name="id">Id of the model.</param>
    /// <param name="contract">Its contract.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="Evaluation.EvaluationException">There are too few.</exception>
    public CalibrationResult Measure(float[][] vectors, string id, string contract, CancellationToken stop) =>
        ThresholdCalibration.Calibrate(
            [.. Faces.Select((face, i) => new LabelledEmbedding(face.Image, face.Person, new(vectors[i], 1, id, contract)))],
            Source,
            stop
        );

    private static CalibrationFaces OfPairs(string path, EmbedderOptions options, FaceCropper cropper, string cache, CancellationToken stop)
    {
        VerificationSet set = VerificationSet.Open(path, options.CalibrateImages, cropper, cache, options.Threads, stop);
        LabelledPair? wrong = set.Pairs.FirstOrDefault(pair => pair.Same != (PersonOf(pair.ImageA) == PersonOf(pair.ImageB)));
        if (wrong is not null)
            throw new TrainingException(
                $"{path}: {wrong.ImageA} and {wrong.ImageB} are labelled {(wrong.Same ? "same" : "different")}, but their folders say "
                    + $"otherwise; for --calibrate a person must be a folder"
            );
        return new(
            $"images named by {Path.GetFileName(path)}; {cropper.Id}",
            [
                .. set
                    .Images.Zip(set.Crops, (image, crop) => (Image: image, PersonOf(image), crop))
                    .OrderBy(face => face.Image, StringComparer.Ordinal),
            ]
        );
    }

    private static string PersonOf(string image) => Path.GetDirectoryName(image) ?? "";
}
