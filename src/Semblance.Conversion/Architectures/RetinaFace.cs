using Semblance.Conversion.Onnx;
using Semblance.Conversion.Rewrites;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// RetinaFace (Deng et al., CVPR 2020) in biubug6's shape, of any size: <c>input</c> [N, 3, H, W] to <c>loc</c> [N, P, 4], <c>conf</c>
/// [N, P, 2] (background, face; adds up to 1) and <c>landms</c> [N, P, 10], for two priors at every cell of the strides 8, 16 and 32,
/// rows first. A body gives three maps; a feature pyramid and context modules (SSH, Najibi et al., ICCV 2017) follow.
/// </summary>
internal abstract class RetinaFace : Architecture
{
    private const int Levels = 3,
        PriorsPerCell = 2;

    private readonly int _channels;

    private protected RetinaFace(string id, int channels)
        : base(
            id,
            new(NetworkKind.Detector, id),
            new(0, 0, ChannelOrder.Bgr, [104, 117, 123], [1, 1, 1]),
            new NetworkOutput("loc", "boxes", ["N", "P", "4"]),
            new("conf", "scores", ["N", "P", "2"]),
            new("landms", "landmarks", ["N", "P", "10"])
        )
    {
        _channels = channels;
    }

    /// <summary>Whether it is one of the networks that the official code takes for narrow, some of whose maps fill no block of
    /// channels.</summary>
    private bool IsNarrow => _channels <= 64;

    /// <summary>Slope below zero of the activations in pyramid and context modules: narrow networks keep a tenth, wide ones
    /// nothing.</summary>
    private float Leak => IsNarrow ? 0.1f : 0;

    private protected sealed override OnnxModel Graph(StateReader weights, GraphForm form)
    {
        NetworkBuilder b = new(Id, weights, form);
        string x = b.Graph.Input(NetworkInput.Name, "N", 3, "H", "W");
        string[] maps = Pyramid(b, Body(b, x));
        for (int level = 0; level < Levels; level++)
            maps[level] = Context(b, maps[level], $"ssh{level + 1}");
        b.Graph.Output(Head(b, maps, "BboxHead", 4), "loc", "N", "P", 4);
        b.Graph.Output(b.Graph.Add("Softmax", [Head(b, maps, "ClassHead", 2)], new OnnxAttribute("axis", 2L)), "conf", "N", "P", 2);
        b.Graph.Output(Head(b, maps, "LandmarkHead", 10), "landms", "N", "P", 10);
        OnnxModel model = b.Graph.Build(Producer);
        return b.IsFast && IsNarrow && !weights.OnlyLists ? ChannelWidening.Apply(model) : model;
    }

    /// <summary>Writes the body.</summary>
    /// <returns>The maps of strides 8, 16 and 32 with their channels.</returns>
    private protected abstract IReadOnlyList<(string Map, int Channels)> Body(NetworkBuilder b, string x);

    /// <summary>Relu, or its leaky kind.</summary>
    private protected static string Activated(NetworkBuilder b, string x, float leak) =>
        leak == 0 ? b.Graph.Add("Relu", [x]) : b.Graph.Add("LeakyRelu", [x], new OnnxAttribute("alpha", leak));

    private string[] Pyramid(NetworkBuilder b, IReadOnlyList<(string Map, int Channels)> body)
    {
        string[] maps = new string[Levels];
        for (int level = 0; level < Levels; level++)
            maps[level] = Activated(b, Conv(b, body[level].Map, $"fpn.output{level + 1}", _channels, body[level].Channels, 1), Leak);
        for (int level = Levels - 2; level >= 0; level--)
        {
            string above = b.Graph.Add(
                "Resize",
                [maps[level + 1], "", "", b.Graph.Add("Shape", [maps[level]])],
                new OnnxAttribute("mode", "nearest"),
                new("coordinate_transformation_mode", "asymmetric"),
                new("nearest_mode", "floor")
            );
            maps[level] = Activated(
                b,
                Conv(b, b.Graph.Add("Add", [maps[level], above]), $"fpn.merge{level + 1}", _channels, _channels, 3),
                Leak
            );
        }
        return maps;
    }

    private string Context(NetworkBuilder b, string x, string key)
    {
        int half = _channels / 2,
            quarter = _channels / 4;
        string three = Conv(b, x, key + ".conv3X3", half, _channels, 3);
        string shared = Activated(b, Conv(b, x, key + ".conv5X5_1", quarter, _channels, 3), Leak);
        string five = Conv(b, shared, key + ".conv5X5_2", quarter, quarter, 3);
        string seven = Activated(b, Conv(b, shared, key + ".conv7X7_2", quarter, quarter, 3), Leak);
        seven = Conv(b, seven, key + ".conv7x7_3", quarter, quarter, 3);
        OnnxAttribute channels = new("axis", 1L);
        return b.IsFast
            // Behind a convolution relu costs nothing.
            ? b.Graph.Add("Concat", [Activated(b, three, 0), Activated(b, five, 0), Activated(b, seven, 0)], channels)
            : Activated(b, b.Graph.Add("Concat", [three, five, seven], channels), 0);
    }

    private string Head(NetworkBuilder b, string[] maps, string key, int size)
    {
        string shape = b.Graph.Longs(0, -1, size);
        IEnumerable<string> rows = maps.Select(
            (map, level) =>
            {
                string x = b.Conv(map, b.LayerWithBias($"{key}.{level}.conv1x1", new(PriorsPerCell * size, _channels, 1)));
                return b.Graph.Add("Reshape", [b.Graph.Add("Transpose", [x], new OnnxAttribute("perm", new long[] { 0, 2, 3, 1 })), shape]);
            }
        );
        return b.Graph.Add("Concat", [.. rows], new OnnxAttribute("axis", 1L));
    }

    private static string Conv(NetworkBuilder b, string x, string key, int outputs, int inputs, int side) =>
        b.ConvNorm(x, b.Layer(key + ".0", new(outputs, inputs, side)).Padded(side / 2), BatchNorm.Read(b.Weights, key + ".1", outputs));
}
