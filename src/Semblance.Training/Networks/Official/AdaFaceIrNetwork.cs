using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Networks.Official;

/// <summary>
/// The IR networks of AdaFace (Kim et al., CVPR 2022), [N, 3, 112, 112] with blue first to [N, 512], not normalised: the official
/// networks also divide by the length and give it beside, which the exported graph does. State_dict keys are the official ones. What
/// AdaFace calls 101 has the blocks of 100 layers.
/// </summary>
internal sealed class AdaFaceIrNetwork : nn.Module<Tensor, Tensor>
{
    private const int Dimension = 512,
        LastSide = 7;
    private const double Dropped = 0.4;

    private static readonly int[] Widths = [64, 128, 256, 512];

    private readonly Sequential input_layer,
        body,
        output_layer;

    /// <summary>Makes the network with random weights: normal by fan-out (He et al., ICCV 2015), as the official code does.</summary>
    /// <param name="depths">Blocks of the four stages.</param>
    public AdaFaceIrNetwork(params IReadOnlyList<int> depths)
        : base(nameof(AdaFaceIrNetwork))
    {
        ArgumentNullException.ThrowIfNull(depths);
        input_layer = nn.Sequential(nn.Conv2d(3, 64, 3, padding: 1, bias: false), nn.BatchNorm2d(64), nn.PReLU(64));
        body = nn.Sequential([
            .. Widths.SelectMany(
                (width, stage) =>
                    Enumerable
                        .Range(0, depths[stage])
                        .Select(i => new Block(i > 0 || stage == 0 ? width : Widths[stage - 1], width, stride: i == 0 ? 2 : 1))
            ),
        ]);
        output_layer = nn.Sequential(
            nn.BatchNorm2d(512),
            nn.Dropout(Dropped),
            nn.Flatten(),
            nn.Linear(512 * LastSide * LastSide, Dimension),
            nn.BatchNorm1d(Dimension, affine: false)
        );
        RegisterComponents();
        RandomStart.NormalByFanOut(this);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => output_layer.forward(body.forward(input_layer.forward(input)));

    /// <summary>As IResNet's block, but where the channels stay the same the shortcut takes every stride-th pixel, without a
    /// convolution.</summary>
    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> shortcut_layer,
            res_layer;

        public Block(int input, int output, int stride)
            : base(nameof(Block))
        {
            shortcut_layer =
                input == output
                    ? nn.MaxPool2d(1, stride)
                    : nn.Sequential(nn.Conv2d(input, output, 1, stride: stride, bias: false), nn.BatchNorm2d(output));
            res_layer = nn.Sequential(
                nn.BatchNorm2d(input),
                nn.Conv2d(input, output, 3, padding: 1, bias: false),
                nn.BatchNorm2d(output),
                nn.PReLU(output),
                nn.Conv2d(output, output, 3, stride: stride, padding: 1, bias: false),
                nn.BatchNorm2d(output)
            );
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => shortcut_layer.forward(input) + res_layer.forward(input);
    }
}
