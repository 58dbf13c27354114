using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Networks.Official;

/// <summary>
/// IResNet of arcface_torch (Deng et al., CVPR 2019, section 3.1), [N, 3, 112, 112] to [N, 512]; its state_dict keys are the official ones.
/// 24.0, 34.1, 43.6 and 65.2 million parameters with 18, 34, 50 and 100 layers.
/// </summary>
internal sealed class IResNetNetwork : nn.Module<Tensor, Tensor>
{
    private const int Dimension = 512,
        LastSide = 7;
    private const double FirstDeviation = 0.1;

    private readonly nn.Module<Tensor, Tensor> conv1,
        bn1,
        prelu,
        layer1,
        layer2,
        layer3,
        layer4,
        bn2,
        fc,
        features;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="depths">Blocks of the four stages.</param>
    public IResNetNetwork(params IReadOnlyList<int> depths)
        : base(nameof(IResNetNetwork))
    {
        ArgumentNullException.ThrowIfNull(depths);
        (conv1, bn1, prelu) = (nn.Conv2d(3, 64, 3, padding: 1, bias: false), nn.BatchNorm2d(64), nn.PReLU(64));
        (layer1, layer2) = (Stage(64, 64, depths[0]), Stage(64, 128, depths[1]));
        (layer3, layer4) = (Stage(128, 256, depths[2]), Stage(256, 512, depths[3]));
        (bn2, fc) = (nn.BatchNorm2d(512), nn.Linear(512 * LastSide * LastSide, Dimension));
        BatchNorm1d norm = nn.BatchNorm1d(Dimension);
        // As in the official code: the last normalisation keeps its factor of 1.
        norm.weight!.requires_grad = false;
        features = norm;
        RegisterComponents();
        RandomStart.Normal(this, FirstDeviation);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        Tensor map = prelu.forward(bn1.forward(conv1.forward(input)));
        map = layer4.forward(layer3.forward(layer2.forward(layer1.forward(map))));
        return features.forward(fc.forward(bn2.forward(map).flatten(1)));
    }

    private static Sequential Stage(int input, int output, int count) =>
        nn.Sequential([.. Enumerable.Range(0, count).Select(i => new Block(i == 0 ? input : output, output, stride: i == 0 ? 2 : 1))]);

    /// <summary>Normalisation, convolution, normalisation, PReLU, convolution with the stride, normalisation, plus the input or its
    /// projection.</summary>
    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> bn1,
            conv1,
            bn2,
            prelu,
            conv2,
            bn3;
        private readonly Sequential? downsample;

        public Block(int input, int output, int stride)
            : base(nameof(Block))
        {
            (bn1, conv1) = (nn.BatchNorm2d(input), nn.Conv2d(input, output, 3, padding: 1, bias: false));
            (bn2, prelu) = (nn.BatchNorm2d(output), nn.PReLU(output));
            (conv2, bn3) = (nn.Conv2d(output, output, 3, stride: stride, padding: 1, bias: false), nn.BatchNorm2d(output));
            if (stride > 1)
                downsample = nn.Sequential(nn.Conv2d(input, output, 1, stride: stride, bias: false), nn.BatchNorm2d(output));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            Tensor map = prelu.forward(bn2.forward(conv1.forward(bn1.forward(input))));
            return bn3.forward(conv2.forward(map)) + (downsample is null ? input : downsample.forward(input));
        }
    }
}
