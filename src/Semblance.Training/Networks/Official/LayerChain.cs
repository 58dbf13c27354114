using static TorchSharp.torch;

namespace Semblance.Training.Networks.Official;

/// <summary>A module with one child called <c>layers</c> that is computed one after another: arcface_torch's MobileFaceNet is made of
/// these, and its keys say so.</summary>
internal sealed class LayerChain : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Sequential layers;
    private readonly bool _addsInput;

    /// <summary>Makes a chain.</summary>
    /// <param name="parts">What is computed, in order.</param>
    public LayerChain(params nn.Module<Tensor, Tensor>[] parts)
        : this(false, parts) { }

    private LayerChain(bool addsInput, nn.Module<Tensor, Tensor>[] parts)
        : base(nameof(LayerChain))
    {
        (layers, _addsInput) = (nn.Sequential(parts), addsInput);
        RegisterComponents();
    }

    /// <summary>A chain to whose result its input is added.</summary>
    public static LayerChain Residual(params nn.Module<Tensor, Tensor>[] parts) => new(true, parts);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor output = layers.forward(input);
        return _addsInput ? output + input : output;
    }
}
