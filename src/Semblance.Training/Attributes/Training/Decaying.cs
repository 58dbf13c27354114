using Semblance.Training.Trainer;
using TorchSharp.Modules;

namespace Semblance.Training.Attributes.Training;

/// <summary>Parameters with their decay: weights of several inputs decay, biases, slopes and kernels of a single number do not.</summary>
internal static class Decaying
{
    /// <summary>Names and decays of parameters.</summary>
    /// <param name="parameters">What is learnt.</param>
    /// <param name="name">What they are called together.</param>
    /// <param name="decay">Share of a weight that goes at a step with rate 1.</param>
    /// <param name="factor">Of the learning rate.</param>
    public static IEnumerable<TrainedParameter> Of(IEnumerable<Parameter> parameters, string name, double decay, double factor = 1) =>
        parameters.Select(
            (parameter, i) =>
                new TrainedParameter(
                    $"{name}.{i}",
                    parameter,
                    parameter.dim() > 1 && parameter.numel() > parameter.shape[0] ? decay : 0,
                    factor
                )
        );
}
