using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>A parameter that is trained.</summary>
/// <param name="Name">Its key in checkpoints.</param>
/// <param name="Value">The parameter.</param>
/// <param name="WeightDecay">Pull towards 0; 0 for batch norms.</param>
/// <param name="RateFactor">What the learning rate is multiplied by for it.</param>
public sealed record TrainedParameter(string Name, Parameter Value, double WeightDecay, double RateFactor = 1);

/// <summary>
/// Stochastic gradient descent with momentum as PyTorch defines it: v = momentum v + (g + decay w), w = w - rate v. libtorch's own cannot
/// leave rows of
/// a matrix alone, which Partial FC needs: a class that takes no part in a step keeps its weight and its velocity.
/// </summary>
public sealed class MomentumSgd : IDisposable
{
    private readonly IReadOnlyList<TrainedParameter> _parameters;
    private readonly Dictionary<string, Tensor> _velocities;
    private readonly double _momentum;

    /// <summary>Makes the optimiser with velocities of 0.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="momentum">0 to below 1.</param>
    public MomentumSgd(IReadOnlyList<TrainedParameter> parameters, double momentum)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (_parameters, _momentum) = (parameters, momentum);
        _velocities = parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => zeros_like(parameter.Value).DetachFromDisposeScope()
        );
    }

    /// <summary>What is trained.</summary>
    public IReadOnlyList<TrainedParameter> Parameters => _parameters;

    /// <summary>Velocities by the parameters' names.</summary>
    public IReadOnlyDictionary<string, Tensor> Velocities => _velocities;

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (TrainedParameter parameter in _parameters)
            parameter.Value.grad?.zero_();
    }

    /// <summary>Scales all gradients down together when their common length exceeds a limit.</summary>
    /// <param name="limit">Largest length; 0 only measures.</param>
    /// <param name="accumulated">Gradients are sums over so many batches; their mean counts.</param>
    /// <returns>The length before, which is not finite when a gradient is not.</returns>
    public double ClipGradients(double limit, int accumulated = 1)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor[] gradients = [.. _parameters.Select(parameter => parameter.Value.grad!).Where(gradient => gradient is not null)];
        double length = Math.Sqrt(gradients.Sum(gradient => gradient.pow(2).sum().ToDouble())) / accumulated;
        double factor = (limit > 0 && length > limit ? limit / length : 1) / accumulated;
        if (factor != 1)
            foreach (Tensor gradient in gradients)
                gradient.mul_(factor);
        return length;
    }

    /// <summary>Takes a step.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="rows">For some parameters the only rows that are touched.</param>
    public void Step(double rate, IReadOnlyDictionary<string, Tensor>? rows = null)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (TrainedParameter parameter in _parameters)
        {
            if (parameter.Value.grad is not { } gradient)
                continue;
            Tensor velocity = _velocities[parameter.Name];
            double own = rate * parameter.RateFactor;
            if (rows is not null && rows.TryGetValue(parameter.Name, out Tensor? part))
            {
                Tensor moved =
                    velocity.index_select(0, part) * _momentum
                    + gradient.index_select(0, part)
                    + parameter.Value.index_select(0, part) * parameter.WeightDecay;
                velocity.index_copy_(0, part, moved);
                parameter.Value.index_add_(0, part, moved, -own);
            }
            else
            {
                velocity.mul_(_momentum).add_(gradient);
                if (parameter.WeightDecay != 0)
                    velocity.add_(parameter.Value, alpha: parameter.WeightDecay);
                parameter.Value.add_(velocity, alpha: -own);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor velocity in _velocities.Values)
            velocity.Dispose();
    }
}
