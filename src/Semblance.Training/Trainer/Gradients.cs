using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>The gradients of all parameters taken together.</summary>
internal static class Gradients
{
    /// <inheritdoc cref="ITrainingOptimizer.ClipGradients"/>
    public static double Clip(IReadOnlyList<TrainedParameter> parameters, double limit, int accumulated)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor[] gradients = [.. parameters.Select(parameter => parameter.Value.grad!).Where(gradient => gradient is not null)];
        double length = Math.Sqrt(gradients.Sum(gradient => gradient.pow(2).sum().ToDouble())) / accumulated;
        double factor = (limit > 0 && length > limit ? limit / length : 1) / accumulated;
        if (factor != 1)
            foreach (Tensor gradient in gradients)
                gradient.mul_(factor);
        return length;
    }
}
