using System.Numerics;
using Semblance.Detection;
using Semblance.Evaluation.Running;
using Semblance.Imaging;

namespace Semblance.Evaluation.Degrading;

/// <summary>The pictures of a set, each degraded in one way when it is asked for, as lossless files.</summary>
internal sealed class DegradedPictures(PictureSet set, IReadOnlyDictionary<string, FaceRecord> clear, PictureDegradation degradation)
{
    /// <summary>Those with a face on the clear picture; others have nothing to degrade.</summary>
    public IReadOnlyList<EvaluationPicture> Of(IReadOnlyList<string> names) =>
        [.. names.Where(name => clear[name].Box is not null).Select(name => new EvaluationPicture(name, () => Make(name)))];

    private ReadOnlyMemory<byte> Make(string name)
    {
        using FaceImage image = FaceImage.FromBytes(set.Bytes(name), name);
        using DegradedPicture worse = degradation.Apply(image, FaceOf(clear[name]), name);
        return worse.ToPng();
    }

    private static DetectedFace FaceOf(FaceRecord record)
    {
        float[] box = record.Box!,
            points = record.Landmarks!;
        Vector2 At(int i) => new(points[2 * i], points[2 * i + 1]);
        return new(new(box[0], box[1], box[2], box[3]), record.Score, new(At(0), At(1), At(2), At(3), At(4)));
    }
}
