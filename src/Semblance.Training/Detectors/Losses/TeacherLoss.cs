using Semblance.Training.Detectors.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Detectors.Losses;

/// <summary>
/// How far a student is from its teacher on the same picture: scores at every prior (Hinton et al. 2015, eq. 4 with temperature 1), boxes
/// and landmarks where the teacher sees a face, and the maps inside (Romero et al., "FitNets", ICLR 2015, eq. 3), each as a part of the
/// spread that the teacher's map has.
/// </summary>
/// <param name="spreads">Variance of each of the teacher's maps.</param>
internal sealed class TeacherLoss(IReadOnlyList<double> spreads)
{
    private const float FaceFrom = 0.2f;

    /// <summary>Measures the spreads on one batch.</summary>
    /// <param name="teacher">What the teacher gives.</param>
    public static TeacherLoss MeasuredOn(RetinaFaceMaps teacher)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        return new([.. teacher.Features.Select(map => map.var([0, 2, 3], unbiased: false).mean().ToDouble())]);
    }

    /// <summary>Computes the losses.</summary>
    /// <param name="student">What is trained.</param>
    /// <param name="teacher">What it learns from.</param>
    public TeacherLosses Of(RetinaFaceMaps student, RetinaFaceMaps teacher)
    {
        Tensor seen,
            weights;
        using (no_grad())
        {
            seen = teacher.Logits.softmax(-1).select(-1, 1);
            weights = seen * (seen > FaceFrom);
        }
        Tensor faces = weights.sum().clamp(min: 1);
        Tensor logs = student.Logits.log_softmax(-1);
        Tensor scores = -(seen * logs.select(-1, 1) + (1 - seen) * logs.select(-1, 0)).sum() / faces;
        Tensor boxes = (nn.functional.smooth_l1_loss(student.Boxes, teacher.Boxes, nn.Reduction.None).sum(-1) * weights).sum() / faces;
        Tensor landmarks =
            (nn.functional.smooth_l1_loss(student.Landmarks, teacher.Landmarks, nn.Reduction.None).sum(-1) * weights).sum() / faces;
        Tensor[] features = [.. student.Features.Select((map, i) => nn.functional.mse_loss(map, teacher.Features[i]) / spreads[i])];
        return new(scores, boxes, landmarks, stack(features).mean());
    }
}

/// <summary>The distances of a batch.</summary>
/// <param name="Scores">Of the scores.</param>
/// <param name="Boxes">Of the box regressions.</param>
/// <param name="Landmarks">Of the landmark regressions.</param>
/// <param name="Features">Of the maps inside.</param>
internal sealed record TeacherLosses(Tensor Scores, Tensor Boxes, Tensor Landmarks, Tensor Features);
