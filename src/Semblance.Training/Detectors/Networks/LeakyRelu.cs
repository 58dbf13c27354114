using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Detectors.Networks;

/// <summary>Leaky Relu in place. TorchSharp's own makes its slope anew at every call, and the garbage collector can take it away while the
/// network still reads it.</summary>
/// <param name="slope">Slope below zero.</param>
internal sealed class LeakyRelu(double slope) : nn.Module<Tensor, Tensor>(nameof(LeakyRelu))
{
    private readonly Scalar _slope = slope;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.leaky_relu_(_slope).alias();
}
