using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>
/// AdamW (Loshchilov, Hutter, ICLR 2019, algorithm 2) whose moments can be kept and restored, with a factor of the rate for every
/// parameter. Biases and slopes do not decay.
/// </summary>
internal sealed class DecoupledAdam : IDisposable
{
    private const double Beta1 = 0.9,
        Beta2 = 0.999,
        Epsilon = 1e-8;

    private readonly (Parameter Parameter, double Factor)[] _parameters;
    private readonly double _decay;

    /// <param name="parameters">What is learnt, with the factor of the rate.</param>
    /// <param name="decay">Share of a weight that goes at a step with rate 1.</param>
    public DecoupledAdam(IEnumerable<(Parameter Parameter, double Factor)> parameters, double decay)
    {
        (_parameters, _decay) = ([.. parameters], decay);
        Moments =
        [
            .. _parameters
                .SelectMany(p => new[] { zeros_like(p.Parameter), zeros_like(p.Parameter) })
                .Select(t => t.detach().DetachFromDisposeScope()),
        ];
    }

    /// <summary>First and second moment of every parameter in turn.</summary>
    public IReadOnlyList<Tensor> Moments { get; }

    /// <summary>Steps so far.</summary>
    public long Steps { get; set; }

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        foreach ((Parameter parameter, _) in _parameters)
            parameter.grad?.zero_();
    }

    /// <summary>One step down the gradients.</summary>
    /// <param name="rate">Learning rate.</param>
    public void Step(double rate)
    {
        using var _ = no_grad();
        Steps++;
        double correction1 = 1 - Math.Pow(Beta1, Steps),
            correction2 = Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        for (int i = 0; i < _parameters.Length; i++)
        {
            (Parameter parameter, double factor) = _parameters[i];
            using Tensor? gradient = parameter.grad;
            if (gradient is null)
                continue;
            Tensor first = Moments[2 * i],
                second = Moments[2 * i + 1];
            first.mul_(Beta1).add_(gradient, 1 - Beta1);
            second.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            using Tensor divisor = second.sqrt();
            divisor.div_(correction2).add_(Epsilon);
            double step = rate * factor;
            if (parameter.dim() > 1 && parameter.numel() > parameter.shape[0])
                parameter.mul_(1 - step * _decay);
            parameter.addcdiv_(first, divisor, -step / correction1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor moment in Moments)
            moment.Dispose();
    }
}
