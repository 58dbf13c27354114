using Semblance.Training.Detectors.Networks;
using static TorchSharp.torch;

namespace Semblance.Training.Detectors.Losses;

/// <summary>Targets of a batch.</summary>
/// <param name="Kinds">[N, priors], of <see cref="PriorTargets"/>, int64.</param>
/// <param name="Boxes">[N, priors, 4].</param>
/// <param name="Landmarks">[N, priors, 10].</param>
internal sealed record BatchTargets(Tensor Kinds, Tensor Boxes, Tensor Landmarks)
{
    /// <summary>Puts the targets of several pictures together.</summary>
    public static BatchTargets Of(IReadOnlyList<PriorTargets> pictures)
    {
        long priors = pictures[0].Kinds.Length;
        return new(
            tensor(pictures.SelectMany(picture => picture.Kinds.Select(kind => (long)kind)).ToArray(), [pictures.Count, priors]),
            tensor(pictures.SelectMany(picture => picture.Boxes).ToArray(), [pictures.Count, priors, 4]),
            tensor(pictures.SelectMany(picture => picture.Landmarks).ToArray(), [pictures.Count, priors, 10])
        );
    }
}

/// <summary>The three losses of a batch.</summary>
/// <param name="Boxes">Of the box regressions.</param>
/// <param name="Scores">Of the classes.</param>
/// <param name="Landmarks">Of the landmark regressions.</param>
internal sealed record DetectionLosses(Tensor Boxes, Tensor Scores, Tensor Landmarks);

/// <summary>
/// The multi-task loss of RetinaFace as biubug6 computes it (SSD, Liu et al. 2016, eq. 1, with a third term): smooth L1 of boxes and points
/// over the priors of faces, cross-entropy over these and seven times as many of the hardest others, each by the number of faces' priors.
/// </summary>
internal static class MultiBoxLoss
{
    /// <summary>Hard negatives for every positive.</summary>
    public const int NegativesPerPositive = 7;

    /// <summary>Computes the losses.</summary>
    public static DetectionLosses Of(RetinaFaceMaps maps, BatchTargets targets)
    {
        Tensor face = (targets.Kinds == PriorTargets.Face).logical_or(targets.Kinds == PriorTargets.FaceWithoutLandmarks);
        Tensor marked = targets.Kinds == PriorTargets.Face;
        Tensor count = face.sum().clamp(min: 1);
        Tensor boxes = nn.functional.smooth_l1_loss(maps.Boxes[face], targets.Boxes[face], nn.Reduction.Sum) / count;
        Tensor landmarks =
            nn.functional.smooth_l1_loss(maps.Landmarks[marked], targets.Landmarks[marked], nn.Reduction.Sum) / marked.sum().clamp(min: 1);
        Tensor all = nn.functional.cross_entropy(maps.Logits.transpose(1, 2), face.to_type(ScalarType.Int64), reduction: nn.Reduction.None);
        return new(boxes, (all * (face.logical_or(Hardest(all, targets.Kinds, face)))).sum() / count, landmarks);
    }

    private static Tensor Hardest(Tensor losses, Tensor kinds, Tensor face)
    {
        using var none = no_grad();
        // As in the official code those of faces take part in the ranking with 0; ignored ones come behind all others.
        Tensor ranked = losses.detach().masked_fill(face, 0).masked_fill(kinds == PriorTargets.Ignored, -1);
        Tensor rank = ranked.argsort(1, descending: true).argsort(1);
        Tensor wanted = (face.sum(1, keepdim: true) * NegativesPerPositive).clamp(max: losses.shape[1] - 1);
        return (rank < wanted).logical_and(kinds == PriorTargets.Background);
    }
}
