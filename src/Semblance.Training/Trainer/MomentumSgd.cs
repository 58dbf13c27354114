using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>A parameter that is trained.</summary>
/// <param name="Name">Its key in checkpoints.</param>
/// <param name="Value">The parameter.</param>
/// <param name="WeightDecay">Pull towards 0; 0 for batch norms.</param>
/// <param name="RateFactor">What the learning rate is multiplied by for it.</param>
internal sealed record TrainedParameter(string Name, Parameter Value, double WeightDecay, double RateFactor = 1);

/// <summary>
/// Stochastic gradient descent with momentum as PyTorch defines it: v = momentum v + (g + decay w), w = w - rate v. libtorch's own cannot
/// leave rows of a matrix alone, which Partial FC needs: a class that takes no part in a step keeps its weight and its velocity.
/// </summary>
internal sealed class MomentumSgd : ITrainingOptimizer
{
    private const string VelocityPrefix = "velocity.";

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

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _velocities.Select(entry => KeyValuePair.Create(VelocityPrefix + entry.Key, entry.Value));

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        foreach (TrainedParameter parameter in _parameters)
            parameter.Value.grad?.zero_();
    }

    /// <inheritdoc/>
    public double ClipGradients(double limit, int accumulated = 1) => Gradients.Clip(_parameters, limit, accumulated);

    /// <summary>Takes a step.</summary>
    /// <param name="rate">Learning rate.</param>
    /// <param name="rows">For some parameters the only rows that are touched.</param>
    public void Update(double rate, IReadOnlyDictionary<string, Tensor>? rows = null)
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
