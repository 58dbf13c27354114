using Semblance.Conversion;
using Semblance.Conversion.FaceApi;
using Semblance.Conversion.Onnx;

namespace ModelForge;

/// <summary>
/// Attribute and landmark networks of face-api.js, rebuilt from the weights' names and shapes and the package's description. All see 112 x
/// 112 RGB; sizes
/// halve by TensorFlow's "same" rule, which pads an even side at its end alone.
/// </summary>
internal sealed class FaceApiNetworks(FaceApiWeights weights)
{
    private const int Side = 112,
        DenseBlocks = 4,
        MainBlocks = 2;

    private readonly OnnxGraphBuilder _graph = new("face-api");

    /// <summary>Four dense blocks, averaged, and one dense layer (<c>face_expression_model</c>, <c>face_landmark_68_model</c>).</summary>
    public OnnxModel Dense(string output, int width)
    {
        string x = Input();
        for (int block = 0; block < DenseBlocks; block++)
            x = DenseBlock(x, $"dense{block}", first: block == 0);
        _graph.Output(FullyConnected(Average(x), "fc"), output, "N", width);
        return _graph.Build("ModelForge");
    }

    /// <summary>TinyXception with an age in years and two gender logits, male first (<c>age_gender_model</c>).</summary>
    public OnnxModel AgeGender()
    {
        string x = Relu(Conv(Input(), "entry_flow/conv_in", 2));
        x = ReductionBlock(x, "entry_flow/reduction_block_0", activated: true);
        x = ReductionBlock(x, "entry_flow/reduction_block_1", activated: false);
        for (int block = 0; block < MainBlocks; block++)
        {
            string inner = x;
            for (int layer = 0; layer < 3; layer++)
                inner = Separable(Relu(inner), $"middle_flow/main_block_{block}/separable_conv{layer}", 1);
            x = Sum(inner, x);
        }
        x = ReductionBlock(x, "exit_flow/reduction_block", activated: false);
        x = Average(Relu(Separable(x, "exit_flow/separable_conv", 1)));
        _graph.Output(FullyConnected(x, "fc/age"), "age", "N", 1);
        _graph.Output(FullyConnected(x, "fc/gender"), "gender", "N", 2);
        return _graph.Build("ModelForge");
    }

    private string Input() => _graph.Input("input", "N", 3, Side, Side);

    private string DenseBlock(string x, string name, bool first)
    {
        string one = Relu(first ? Conv(x, $"{name}/conv0", 2) : Separable(x, $"{name}/conv0", 2));
        string two = Separable(one, $"{name}/conv1", 1);
        string three = Separable(Relu(Sum(one, two)), $"{name}/conv2", 1),
            sum = Sum(one, Sum(two, three));
        return Relu(Sum(sum, Separable(Relu(sum), $"{name}/conv3", 1)));
    }

    private string ReductionBlock(string x, string name, bool activated)
    {
        string inner = Separable(activated ? x : Relu(x), $"{name}/separable_conv0", 1);
        inner = Separable(Relu(inner), $"{name}/separable_conv1", 1);
        inner = _graph.Add(
            "MaxPool",
            [inner],
            new OnnxAttribute("kernel_shape", new long[] { 3, 3 }),
            new("strides", new long[] { 2, 2 }),
            new("pads", new long[] { 0, 0, 1, 1 })
        );
        return Sum(inner, Conv(x, $"{name}/expansion_conv", 2));
    }

    private string Separable(string x, string name, int stride)
    {
        (int height, int width, int channels, _, float[] depthwise) = Kernel($"{name}/depthwise_filter");
        string spread = _graph.Conv(
            x,
            new(channels, 1, height, width, Transposed(depthwise, height * width, channels, 1), null)
            {
                Stride = stride,
                Groups = channels,
                Pads = Pads(height, stride),
            }
        );
        return Conv(spread, $"{name}/pointwise_filter", $"{name}/bias", 1);
    }

    private string Conv(string x, string name, int stride) => Conv(x, $"{name}/filters", $"{name}/bias", stride);

    private string Conv(string x, string filters, string bias, int stride)
    {
        (int height, int width, int inputs, int outputs, float[] values) = Kernel(filters);
        return _graph.Conv(
            x,
            new(outputs, inputs, height, width, Transposed(values, height * width, inputs, outputs), weights[bias].Values)
            {
                Stride = stride,
                Pads = Pads(height, stride),
            }
        );
    }

    private (int Height, int Width, int Inputs, int Outputs, float[] Values) Kernel(string name) =>
        weights[name] is { Shape: [var height, var width, var inputs, var outputs] } kernel
            ? (height, width, inputs, outputs, kernel.Values)
            : throw new ConversionException($"'{name}' is no convolution");

    /// <summary>[place, in, out] to [out, in, place]; of a depthwise kernel, whose out is 1, to [in, 1, place].</summary>
    private static float[] Transposed(float[] values, int places, int inputs, int outputs)
    {
        float[] transposed = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int o = i % outputs,
                c = i / outputs % inputs,
                place = i / (outputs * inputs);
            transposed[(o * inputs + c) * places + place] = values[i];
        }
        return transposed;
    }

    private static long[] Pads(int kernel, int stride) =>
        kernel == 1 ? [0, 0, 0, 0]
        : stride == 1 ? [1, 1, 1, 1]
        : [0, 0, 1, 1];

    private string FullyConnected(string x, string name)
    {
        FaceApiTensor dense = weights[$"{name}/weights"];
        return _graph.Add(
            "Gemm",
            [
                x,
                _graph.Constant(dense.Values, dense.Shape[0], dense.Shape[1]),
                _graph.Constant(weights[$"{name}/bias"].Values, dense.Shape[1]),
            ]
        );
    }

    private string Average(string x) => _graph.Add("Flatten", [_graph.Add("GlobalAveragePool", [x])]);

    private string Relu(string x) => _graph.Add("Relu", [x]);

    private string Sum(string a, string b) => _graph.Add("Add", [a, b]);
}
