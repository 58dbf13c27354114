using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>AdamW (Loshchilov, Hutter, ICLR 2019, algorithm 2) whose moments can be kept and restored, with a decay and a factor of the
/// rate for every parameter.</summary>
internal sealed class ResumableAdam : ITrainingOptimizer
{
    private const double Beta1 = 0.9,
        Beta2 = 0.999,
        Epsilon = 1e-8;

    private readonly IReadOnlyList<TrainedParameter> _parameters;
    private readonly Tensor[] _first,
        _second;
    private readonly Tensor _steps;

    /// <param name="parameters">What is learnt.</param>
    public ResumableAdam(IReadOnlyList<TrainedParameter> parameters)
    {
        _parameters = parameters;
        _first = Zeros();
        _second = Zeros();
        _steps = zeros(1, ScalarType.Int64).DetachFromDisposeScope();

        Tensor[] Zeros() => [.. parameters.Select(parameter => zeros_like(parameter.Value).detach().DetachFromDisposeScope())];
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _parameters
            .SelectMany(
                (parameter, i) =>
                    new[]
                    {
                        KeyValuePair.Create($"first.{parameter.Name}", _first[i]),
                        KeyValuePair.Create($"second.{parameter.Name}", _second[i]),
                    }
            )
            .Append(KeyValuePair.Create("steps", _steps));

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        foreach (TrainedParameter parameter in _parameters)
            parameter.Value.grad?.zero_();
    }

    /// <inheritdoc/>
    public double ClipGradients(double limit, int accumulated = 1) => Gradients.Clip(_parameters, limit, accumulated);

    /// <inheritdoc/>
    public void Update(double rate, IReadOnlyDictionary<string, Tensor>? rows = null)
    {
        if (rows is not null)
            throw new NotSupportedException("Moments of rows that take no part in a step are not kept apart.");
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        long steps = ++_steps.data<long>()[0];
        double correction1 = 1 - Math.Pow(Beta1, steps),
            correction2 = Math.Sqrt(1 - Math.Pow(Beta2, steps));
        // Held until the end: numbers that are made for one call can be collected before it has read them.
        using Scalar beta1 = Beta1,
            rest1 = 1 - Beta1,
            beta2 = Beta2,
            rest2 = 1 - Beta2,
            root = correction2,
            epsilon = Epsilon;
        for (int i = 0; i < _parameters.Count; i++)
        {
            TrainedParameter parameter = _parameters[i];
            if (parameter.Value.grad is not { } gradient)
                continue;
            double step = rate * parameter.RateFactor;
            using Scalar kept = 1 - step * parameter.WeightDecay,
                moved = -step / correction1;
            _first[i].mul_(beta1).add_(gradient, rest1);
            _second[i].mul_(beta2).addcmul_(gradient, gradient, rest2);
            Tensor divisor = _second[i].sqrt().div_(root).add_(epsilon);
            if (parameter.WeightDecay != 0)
                parameter.Value.mul_(kept);
            parameter.Value.addcdiv_(_first[i], divisor, moved);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor moment in _first.Concat(_second).Append(_steps))
            moment.Dispose();
    }
}
