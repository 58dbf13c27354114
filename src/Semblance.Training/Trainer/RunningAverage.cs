using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>Exponential average of the weights along the run (Polyak, Juditsky, 1992): what is validated and shipped. Its averages are
/// buffers, so that a checkpoint keeps them.</summary>
internal sealed class RunningAverage : nn.Module
{
    private readonly Parameter[] _weights;
    private readonly Tensor[] _averages;

    public RunningAverage(IEnumerable<Parameter> parameters)
        : base(nameof(RunningAverage))
    {
        _weights = [.. parameters];
        _averages = [.. _weights.Select(parameter => parameter.detach().clone().DetachFromDisposeScope())];
        for (int i = 0; i < _averages.Length; i++)
            register_buffer($"mean{i}", _averages[i]);
    }

    /// <summary>Takes the present weights in.</summary>
    /// <param name="step">Steps so far: early on the average keeps less, so that it leaves the start behind.</param>
    /// <param name="keep">Share that stays.</param>
    public void Update(long step, double keep)
    {
        double stays = Math.Min(keep, (1.0 + step) / (10.0 + step));
        using var _ = no_grad();
        for (int i = 0; i < _averages.Length; i++)
        {
            using Tensor weights = _weights[i].detach();
            _averages[i].mul_(stays).add_(weights, 1 - stays);
        }
    }

    /// <summary>Exchanges weights and averages; a second call exchanges them back.</summary>
    public void Swap()
    {
        using var _ = no_grad();
        for (int i = 0; i < _averages.Length; i++)
        {
            using Tensor kept = _weights[i].detach().clone();
            _weights[i].copy_(_averages[i]);
            _averages[i].copy_(kept);
        }
    }
}
