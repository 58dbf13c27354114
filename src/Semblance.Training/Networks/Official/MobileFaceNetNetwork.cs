using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Networks.Official;

/// <summary>
/// MobileFaceNet (Chen et al., CCBR 2018) as arcface_torch's <c>get_mbf</c> widens it, [N, 3, 112, 112] to [N, 512]; its state_dict keys
/// are the official ones. 2.06 million parameters.
/// </summary>
internal sealed class MobileFaceNetNetwork : nn.Module<Tensor, Tensor>
{
    private const int Dimension = 512,
        LastSide = 7;

    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers;
    private readonly LayerChain conv_sep,
        features;

    /// <summary>Makes the network with random weights: normal by fan-out (He et al., ICCV 2015), as the official code does.</summary>
    public MobileFaceNetNetwork()
        : base(nameof(MobileFaceNetNetwork))
    {
        layers = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            Block(3, 128, kernel: 3, stride: 2),
            Block(128, 128, kernel: 3, groups: 64),
            DepthWise(128, 128, width: 128, stride: 2),
            Residual(128, count: 4),
            DepthWise(128, 256, width: 256, stride: 2),
            Residual(256, count: 6),
            DepthWise(256, 256, width: 512, stride: 2),
            Residual(256, count: 2)
        );
        conv_sep = Block(256, 512);
        features = new(
            new LayerChain(nn.Conv2d(512, 512, LastSide, groups: 512, bias: false), nn.BatchNorm2d(512)),
            nn.Flatten(),
            nn.Linear(512, Dimension, hasBias: false),
            nn.BatchNorm1d(Dimension)
        );
        RegisterComponents();
        RandomStart.NormalByFanOut(this);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        foreach (nn.Module<Tensor, Tensor> layer in layers)
            input = layer.forward(input);
        return features.forward(conv_sep.forward(input));
    }

    private static LayerChain Residual(int channels, int count) =>
        new([.. Enumerable.Range(0, count).Select(_ => LayerChain.Residual(DepthWiseParts(channels, channels, channels, stride: 1)))]);

    private static LayerChain DepthWise(int input, int output, int width, int stride) => new(DepthWiseParts(input, output, width, stride));

    private static nn.Module<Tensor, Tensor>[] DepthWiseParts(int input, int output, int width, int stride) =>
        [
            Block(input, width),
            Block(width, width, kernel: 3, stride, groups: width),
            new LayerChain(Conv(width, output, 1, 1, 1), nn.BatchNorm2d(output)),
        ];

    private static LayerChain Block(int input, int output, int kernel = 1, int stride = 1, int groups = 1) =>
        new(Conv(input, output, kernel, stride, groups), nn.BatchNorm2d(output), nn.PReLU(output));

    private static Conv2d Conv(int input, int output, int kernel, int stride, int groups) =>
        nn.Conv2d(input, output, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: false);
}
