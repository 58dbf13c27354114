using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Detectors.Networks;

/// <summary>Context of three sizes around every cell (SSH, Najibi et al., ICCV 2017, section 3.3): [N, C, H, W] to [N, C, H, W].</summary>
internal sealed class ContextModule : nn.Module<Tensor, Tensor>
{
    private const string Three = "conv3X3",
        Shared = "conv5X5_1",
        Five = "conv5X5_2",
        SevenFirst = "conv7X7_2",
        Seven = "conv7x7_3";

    // Not fields of their own: TorchSharp would register them a second time under the fields' names.
    private readonly Dictionary<string, Sequential> _parts = [];

    /// <param name="channels">In and out.</param>
    /// <param name="leak">Slope below zero of the activations between.</param>
    public ContextModule(int channels, double leak)
        : base(nameof(ContextModule))
    {
        int half = channels / 2,
            quarter = channels / 4;
        Add(Three, Plain(channels, half));
        Add(Shared, RetinaFaceNetwork.Layer(channels, quarter, 3, 1, 1, leak));
        Add(Five, Plain(quarter, quarter));
        Add(SevenFirst, RetinaFaceNetwork.Layer(quarter, quarter, 3, 1, 1, leak));
        Add(Seven, Plain(quarter, quarter));
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor shared = _parts[Shared].forward(input);
        return cat(
                [_parts[Three].forward(input), _parts[Five].forward(shared), _parts[Seven].forward(_parts[SevenFirst].forward(shared))],
                1
            )
            .relu_();
    }

    private static Sequential Plain(int input, int output) =>
        nn.Sequential(nn.Conv2d(input, output, 3, padding: 1, bias: false), nn.BatchNorm2d(output));

    private void Add(string name, Sequential part)
    {
        register_module(name, part);
        _parts[name] = part;
    }
}
