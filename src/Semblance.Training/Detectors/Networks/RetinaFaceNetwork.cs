using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Semblance.Training.Detectors.Networks;

/// <summary>
/// RetinaFace (Deng et al., CVPR 2020) with a MobileNet body (Howard et al. 2017) of a quarter of its width, in biubug6's shape; its
/// state_dict keys are the official ones. 0.43 million parameters. Input: [N, 3, H, W], BGR less (104, 117, 123).
/// </summary>
internal sealed class RetinaFaceNetwork : nn.Module<Tensor, RetinaFaceMaps>
{
    private const int Levels = 3,
        Channels = 64,
        PriorsPerCell = 2;
    private const double Leak = 0.1;

    /// <summary>Share of priors that a new network takes for faces (Lin et al., "Focal Loss", ICCV 2017, section 3.3): most are none, and
    /// a network that starts undecided spends its first steps on learning that.</summary>
    private const double FirstFaceShare = 0.01;

    /// <summary>Channels and stride of the depthwise blocks, stage by stage.</summary>
    private static readonly (int Out, int Stride)[][] Stages =
    [
        [(16, 1), (32, 2), (32, 1), (64, 2), (64, 1)],
        [(128, 2), (128, 1), (128, 1), (128, 1), (128, 1), (128, 1)],
        [(256, 2), (256, 1)],
    ];

    private readonly List<Sequential> _stages = [];
    private readonly List<Sequential> _laterals = [];
    private readonly List<Sequential> _merges = [];
    private readonly List<ContextModule> _contexts = [];
    private readonly List<Conv2d> _scores,
        _boxes,
        _landmarks;

    /// <summary>Makes the network with random weights.</summary>
    public RetinaFaceNetwork()
        : base(nameof(RetinaFaceNetwork))
    {
        NamedParts body = new(),
            fpn = new();
        int channels = 8;
        List<nn.Module<Tensor, Tensor>> blocks = [Layer(3, channels, 3, 2, 1)];
        for (int stage = 0; stage < Levels; stage++)
        {
            foreach ((int outputs, int stride) in Stages[stage])
            {
                blocks.Add(Block(channels, outputs, stride));
                channels = outputs;
            }
            _stages.Add(body.Add($"stage{stage + 1}", nn.Sequential(blocks)));
            _laterals.Add(fpn.Add($"output{stage + 1}", Layer(channels, Channels, 1, 1, 1)));
            blocks = [];
        }
        for (int level = 0; level < Levels - 1; level++)
            _merges.Add(fpn.Add($"merge{level + 1}", Layer(Channels, Channels, 3, 1, 1)));
        register_module("body", body);
        register_module("fpn", fpn);
        for (int level = 0; level < Levels; level++)
        {
            ContextModule context = new(Channels, Leak);
            _contexts.Add(context);
            register_module($"ssh{level + 1}", context);
        }
        _scores = Head("ClassHead", 2);
        _boxes = Head("BboxHead", 4);
        _landmarks = Head("LandmarkHead", 10);
        Initialize();
    }

    /// <inheritdoc/>
    public override RetinaFaceMaps forward(Tensor input) => Forward(input, null);

    /// <summary>Computes the network, or every block of it by itself.</summary>
    /// <param name="input">[N, 3, H, W].</param>
    /// <param name="shown">Maps of another network of this kind: each block gets that network's map in place of the one before it. Null to
    /// compute the network as it is.</param>
    public RetinaFaceMaps Forward(Tensor input, IReadOnlyList<Tensor>? shown)
    {
        List<Tensor> features = [];
        Tensor[] maps = new Tensor[Levels];
        Tensor x = input;
        for (int level = 0; level < Levels; level++)
        {
            foreach (nn.Module<Tensor, Tensor> block in _stages[level].children().Cast<nn.Module<Tensor, Tensor>>())
                x = Given(block.forward(x));
            maps[level] = x;
        }
        for (int level = 0; level < Levels; level++)
            maps[level] = Given(_laterals[level].forward(maps[level]));
        for (int level = Levels - 2; level >= 0; level--)
        {
            Tensor above = nn.functional.interpolate(
                maps[level + 1],
                size: [maps[level].shape[2], maps[level].shape[3]],
                mode: InterpolationMode.Nearest
            );
            maps[level] = Given(_merges[level].forward(maps[level] + above));
        }
        for (int level = 0; level < Levels; level++)
            maps[level] = Given(_contexts[level].forward(maps[level]));
        return new(Rows(maps, _boxes, 4), Rows(maps, _scores, 2), Rows(maps, _landmarks, 10), features);

        Tensor Given(Tensor own)
        {
            features.Add(own);
            return shown is null ? own : shown[features.Count - 1];
        }
    }

    /// <summary>A convolution without bias, its normalisation, and a leaky Relu.</summary>
    internal static Sequential Layer(int input, int output, int side, int stride, int groups, double leak = Leak) =>
        nn.Sequential(
            nn.Conv2d(input, output, side, stride: stride, padding: side / 2, groups: groups, bias: false),
            nn.BatchNorm2d(output),
            new LeakyRelu(leak)
        );

    private static Sequential Block(int input, int output, int stride) =>
        nn.Sequential(
            nn.Conv2d(input, input, 3, stride: stride, padding: 1, groups: input, bias: false),
            nn.BatchNorm2d(input),
            new LeakyRelu(Leak),
            nn.Conv2d(input, output, 1, bias: false),
            nn.BatchNorm2d(output),
            new LeakyRelu(Leak)
        );

    private static Tensor Rows(Tensor[] maps, List<Conv2d> heads, int size) =>
        cat([.. maps.Select((map, level) => heads[level].forward(map).permute(0, 2, 3, 1).reshape(map.shape[0], -1, size))], 1);

    private List<Conv2d> Head(string name, int size)
    {
        List<Conv2d> convolutions = [];
        NamedParts levels = new();
        for (int level = 0; level < Levels; level++)
        {
            NamedParts part = new();
            convolutions.Add(part.Add("conv1x1", nn.Conv2d(Channels, PriorsPerCell * size, 1)));
            levels.Add($"{level}", part);
        }
        register_module(name, levels);
        return convolutions;
    }

    private void Initialize()
    {
        foreach (Conv2d conv in modules().OfType<Conv2d>())
            nn.init.kaiming_normal_(conv.weight!, a: Leak, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.LeakyReLU);
        using var none = no_grad();
        foreach (Conv2d head in _scores.Concat(_boxes).Concat(_landmarks))
        {
            nn.init.normal_(head.weight!, 0, 0.01);
            nn.init.zeros_(head.bias!);
        }
        double odds = Math.Log((1 - FirstFaceShare) / FirstFaceShare);
        foreach (Conv2d head in _scores)
            head.bias!.copy_(
                tensor(Enumerable.Range(0, PriorsPerCell * 2).Select(i => (float)(i % 2 == 0 ? odds / 2 : -odds / 2)).ToArray())
            );
    }
}

/// <summary>What RetinaFace gives.</summary>
/// <param name="Boxes">[N, priors, 4], regressions.</param>
/// <param name="Logits">[N, priors, 2]: background, face.</param>
/// <param name="Landmarks">[N, priors, 10], regressions.</param>
/// <param name="Features">What a student can be shown: the maps behind the blocks of the body, the pyramid and the context modules.</param>
internal sealed record RetinaFaceMaps(Tensor Boxes, Tensor Logits, Tensor Landmarks, IReadOnlyList<Tensor> Features)
{
    /// <summary>All of it.</summary>
    public IEnumerable<Tensor> All => [Boxes, Logits, Landmarks, .. Features];
}
