using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Evaluation.Attributes;
using Semblance.Evaluation.Degrading;
using Semblance.Evaluation.Running;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Training.Attributes.Calibration;

/// <summary>Asks a model for the ages of labelled crops, as they are and made worse or framed otherwise in many ways.</summary>
internal static class IntervalMeasurement
{
    /// <summary>Framing: looser, tighter, moved; then degradations.</summary>
    public static IReadOnlyList<string> Ways { get; } =
    [
        "zoom:0.8",
        "zoom:0.9",
        "zoom:1.1",
        "zoom:1.2",
        "across:0.1",
        "across:-0.1",
        "down:0.1",
        "down:-0.1",
        "size:48",
        "size:32",
        "blur:1.5",
        "blur:3",
        "noise:10",
        "noise:20",
        "jpeg:25",
        "jpeg:10",
        "gamma:2.5",
        "gamma:0.4",
        "grey",
    ];

    /// <summary>Measures the clear pictures and those of all ways.</summary>
    /// <param name="model">A model of apparent age with a distribution over years; its own scale of the interval is left out.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="faces">Their labels.</param>
    /// <param name="threads">Pictures at once.</param>
    /// <param name="done">Is told every condition that is done.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public static IReadOnlyList<IntervalCondition> Measure(
        InstalledModel model,
        PictureSet set,
        IReadOnlyList<LabelledFace> faces,
        int threads,
        Action<string> done,
        CancellationToken cancellationToken
    )
    {
        AttributeSettings settings = (model.Manifest.Attributes ?? new()) with { AgeInterval = null };
        InstalledModel plain = model with { Manifest = model.Manifest with { Attributes = settings } };
        using OnnxFaceAttributes network = new(plain, execution: new() { Threads = 1 });
        FaceCropper cropper = new(model.Id, model.Manifest.Input);
        List<IntervalCondition> conditions = [];
        foreach (string way in Ways.Prepend(IntervalCondition.Clear))
        {
            PictureDegradation? degradation = way == IntervalCondition.Clear ? null : PictureDegradation.Parse(way);
            IntervalFace?[] estimates = new IntervalFace?[faces.Count];
            Parallel.For(
                0,
                faces.Count,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                i => estimates[i] = Estimate(faces[i], degradation)
            );
            conditions.Add(new(way, estimates));
            done(way);
        }
        return conditions;

        IntervalFace? Estimate(LabelledFace face, PictureDegradation? degradation)
        {
            using FaceImage picture = FaceImage.FromBytes(set.Bytes(face.File), face.File);
            DetectedFace whole = new(new(0, 0, picture.Width, picture.Height), 1, default);
            using DegradedPicture? worse = degradation?.Apply(picture, whole, face.File);
            FaceImage image = worse?.Image ?? picture;
            return network.EstimateCrops([image], cancellationToken)[0].Age?.Value is { Interval80: [var low, var high] } age
                ? new(face.Age!.Value, age.Years, low, high, cropper.Whole(image).Statistics.Sharpness)
                : null;
        }
    }
}
