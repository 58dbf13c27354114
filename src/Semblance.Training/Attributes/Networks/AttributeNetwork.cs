using Semblance.Conversion.Onnx;
using Semblance.Training.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Networks;

/// <summary>One trunk, its maps averaged, and a linear head for each label set or attribute; all heads' numbers in one row, head after
/// head.</summary>
internal sealed class AttributeNetwork : nn.Module<Tensor, Tensor>
{
    private readonly OnnxNetwork trunk;
    private readonly Dropout dropout;
    private readonly Linear heads;

    /// <param name="embedder">A trunk as <see cref="AttributeTrunk.Cut"/> gives it.</param>
    /// <param name="outputs">Numbers of all heads together.</param>
    /// <param name="dropout">Probability that a feature is left out in training.</param>
    public AttributeNetwork(OnnxModel embedder, int outputs, double dropout)
        : base(nameof(AttributeNetwork))
    {
        trunk = new(embedder);
        this.dropout = nn.Dropout(dropout);
        heads = nn.Linear(AttributeTrunk.ChannelsOf(embedder), outputs);
        using (no_grad())
        {
            // Small weights: the trunk is trained already, large errors of random heads would undo it in the first steps.
            nn.init.normal_(heads.weight, 0, 0.01);
            nn.init.zeros_(heads.bias!);
        }
        RegisterComponents();
    }

    /// <summary>The trunk with its present weights.</summary>
    public OnnxModel TrunkToOnnx() => trunk.ToOnnx();

    /// <summary>Weights [outputs, channels] and biases of the heads.</summary>
    public (float[] Weights, float[] Biases) Heads =>
        (heads.weight.detach().data<float>().ToArray(), heads.bias!.detach().data<float>().ToArray());

    /// <summary>Stops the trunk's first layers from learning, and lets all others learn. What does not learn is only computed
    /// forwards.</summary>
    /// <param name="layers">How many convolutions and activations from the start.</param>
    public void Freeze(int layers)
    {
        HashSet<string> frozen = [.. trunk.Layers.Take(layers).SelectMany(keys => keys)];
        foreach ((string name, Parameter parameter) in trunk.named_parameters())
            parameter.requires_grad = !frozen.Contains(name);
    }

    /// <summary>The heads' parameters; the others are the trunk's.</summary>
    public IEnumerable<Parameter> HeadParameters => heads.parameters();

    /// <summary>The trunk's parameters.</summary>
    public IEnumerable<Parameter> TrunkParameters => trunk.parameters();

    /// <summary>Computes all heads.</summary>
    /// <param name="input">[N, 3, side, side].</param>
    /// <returns>[N, outputs].</returns>
    public override Tensor forward(Tensor input) => heads.forward(dropout.forward(Features(input)));

    /// <summary>Channels of the trunk's maps.</summary>
    public int FeatureCount => (int)heads.in_features;

    /// <summary>The maps' averages.</summary>
    /// <param name="input">[N, 3, side, side].</param>
    /// <returns>[N, channels].</returns>
    public Tensor Features(Tensor input) => trunk.forward(input).mean([2, 3]);
}
