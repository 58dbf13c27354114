using Semblance.Detection;
using Semblance.Evaluation.Running;
using Semblance.Imaging;

namespace Semblance.Evaluation.Degrading;

/// <summary>The pictures of a set, each degraded in one way when it is asked for, as lossless files.</summary>
/// <param name="set">The pictures.</param>
/// <param name="faceOf">The face on a clear picture, by its name; null where there is none.</param>
/// <param name="degradation">The way.</param>
internal sealed class DegradedPictures(PictureSet set, Func<string, DetectedFace?> faceOf, PictureDegradation degradation)
{
    /// <summary>All of them; one without a face on the clear picture has nothing to degrade and stays as it is.</summary>
    public IReadOnlyList<EvaluationPicture> All(IEnumerable<string> names) =>
        [.. names.Select(name => new EvaluationPicture(name, () => faceOf(name) is { } face ? Make(name, face) : set.Bytes(name)))];

    /// <summary>Those with a face on the clear picture.</summary>
    public IReadOnlyList<EvaluationPicture> WithFace(IEnumerable<string> names) => All(names.Where(name => faceOf(name) is not null));

    private ReadOnlyMemory<byte> Make(string name, DetectedFace face)
    {
        using FaceImage image = FaceImage.FromBytes(set.Bytes(name), name);
        using DegradedPicture worse = degradation.Apply(image, face, name);
        return worse.ToPng();
    }
}
