using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.TfLite;

/// <summary>
/// Translates a TFLite network of feature maps to ONNX: maps [1, height, width, channels] become [N, channels, height, width], everything
/// flattened keeps TFLite's order.
/// </summary>
internal sealed class TfLiteToOnnx
{
    private readonly TfLiteModel _model;
    private readonly OnnxGraphBuilder _builder;
    private readonly Dictionary<int, string> _values = [];

    /// <summary>For a constant that was dequantised: the tensor that holds its numbers.</summary>
    private readonly Dictionary<int, int> _constants = [];

    private TfLiteToOnnx(TfLiteModel model, string name) => (_model, _builder) = (model, new(name));

    /// <summary>Translates.</summary>
    /// <param name="model">The network; one input.</param>
    /// <param name="name">Name of the graph.</param>
    /// <param name="outputs">TFLite names of the outputs and the names they get, in the order wanted.</param>
    /// <exception cref="ConversionException">An operation or a use of one is not known.</exception>
    public static OnnxModel Convert(TfLiteModel model, string name, params IReadOnlyList<(string TfLite, string Onnx)> outputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        TfLiteToOnnx conversion = new(model, name);
        conversion.Translate(outputs);
        return conversion._builder.Build("semblance");
    }

    private void Translate(IReadOnlyList<(string TfLite, string Onnx)> outputs)
    {
        if (_model.Inputs is not [int input] || Shape(input) is not [_, int height, int width, int channels])
            throw new ConversionException("one input of the shape [1, height, width, channels] was expected");
        _values[input] = _builder.Input("input", "N", (long)channels, (long)height, (long)width);
        foreach (TfLiteOperator operation in _model.Operators)
            Translate(operation);
        foreach ((string tfLite, string onnx) in outputs)
        {
            int tensor = _model.Outputs.FirstOrDefault(i => _model.Tensors[i].Name == tfLite, -1);
            if (tensor < 0)
                throw new ConversionException(
                    $"the network has no output '{tfLite}' but: {string.Join(", ", _model.Outputs.Select(i => _model.Tensors[i].Name))}"
                );
            _builder.Output(Value(tensor), onnx, ["N", .. Shape(tensor).Skip(1).Select(size => (OnnxAxis)size)]);
        }
    }

    private void Translate(TfLiteOperator op)
    {
        if (op.Inputs.Count == 0 || op.Outputs.Count != 1)
            throw new ConversionException($"{op.Operation} with {op.Inputs.Count} inputs and {op.Outputs.Count} outputs");
        if (op.Operation == TfLiteOperation.Dequantize)
        {
            _constants[op.Outputs[0]] = op.Inputs[0];
            return;
        }
        string result = op.Operation switch
        {
            TfLiteOperation.Conv2D => Convolution(op, depthwise: false),
            TfLiteOperation.DepthwiseConv2D => Convolution(op, depthwise: true),
            TfLiteOperation.Add => _builder.Add("Add", [Value(op.Inputs[0]), Value(op.Inputs[1])]),
            TfLiteOperation.Relu => _builder.Add("Relu", [Value(op.Inputs[0])]),
            TfLiteOperation.MaxPool2D => MaxPool(op),
            TfLiteOperation.Pad => Pad(op),
            TfLiteOperation.Reshape => Reshape(op),
            TfLiteOperation.Concatenation => Concatenation(op),
            TfLiteOperation.ResizeBilinear => Resize(op),
            _ => throw new ConversionException($"TFLite operation {(int)op.Operation} is not known here"),
        };
        _values[op.Outputs[0]] = op.Settings.Activation switch
        {
            0 => result,
            1 => _builder.Add("Relu", [result]),
            int other => throw new ConversionException($"TFLite activation {other} is not known here"),
        };
    }

    private string Convolution(TfLiteOperator op, bool depthwise)
    {
        int kernel = op.Inputs[1];
        IReadOnlyList<int> shape = Shape(kernel);
        if (shape is not [int first, int height, int width, int last])
            throw new ConversionException("a kernel of four axes was expected");
        (int outputs, int inputs) = depthwise ? (last, 1) : (first, last);
        float[] stored = Constant(kernel),
            weights = new float[stored.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            int c = i % last,
                x = i / last % width,
                y = i / (last * width) % height,
                o = i / (last * width * height);
            weights[depthwise ? (c * height + y) * width + x : ((o * inputs + c) * height + y) * width + x] = stored[i];
        }
        float[]? bias = op.Inputs.Count > 2 && op.Inputs[2] >= 0 ? Constant(op.Inputs[2]) : null;
        if (op.Settings.StrideWidth != op.Settings.StrideHeight)
            throw new ConversionException("a convolution with unequal strides is not known here");
        return _builder.Conv(
            Value(op.Inputs[0]),
            new(outputs, inputs, height, width, weights, bias)
            {
                Stride = op.Settings.StrideWidth,
                Groups = depthwise ? outputs : 1,
                Pads = Pads(op, height, width),
            }
        );
    }

    private string MaxPool(TfLiteOperator op) =>
        _builder.Add(
            "MaxPool",
            [Value(op.Inputs[0])],
            new OnnxAttribute("kernel_shape", new long[] { op.Settings.FilterHeight, op.Settings.FilterWidth }),
            new("strides", new long[] { op.Settings.StrideHeight, op.Settings.StrideWidth }),
            new("pads", Pads(op, op.Settings.FilterHeight, op.Settings.FilterWidth))
        );

    /// <summary>SAME puts the odd pixel at the right and bottom.</summary>
    private long[] Pads(TfLiteOperator op, int height, int width)
    {
        if (!op.Settings.SamePadding)
            return [0, 0, 0, 0];
        IReadOnlyList<int> input = Shape(op.Inputs[0]),
            output = Shape(op.Outputs[0]);
        int vertical = Math.Max(0, (output[1] - 1) * op.Settings.StrideHeight + height - input[1]);
        int horizontal = Math.Max(0, (output[2] - 1) * op.Settings.StrideWidth + width - input[2]);
        return [vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2];
    }

    private string Pad(TfLiteOperator op)
    {
        int[] around = _model.Integers(op.Inputs[1]);
        if (around.Length != 8)
            throw new ConversionException("padding of a feature map was expected");
        // TFLite: before and after for batch, height, width, channels. ONNX: all befores, then all afters, channels second.
        return _builder.Add(
            "Pad",
            [Value(op.Inputs[0]), _builder.Longs(around[0], around[6], around[2], around[4], around[1], around[7], around[3], around[5])]
        );
    }

    private string Reshape(TfLiteOperator op)
    {
        IReadOnlyList<int> from = Shape(op.Inputs[0]),
            to = Shape(op.Outputs[0]);
        if (from.Count != 4 || to.Count != 3)
            throw new ConversionException("only feature maps that become lists of anchors can be reshaped here");
        string channelsLast = _builder.Add("Transpose", [Value(op.Inputs[0])], new OnnxAttribute("perm", new long[] { 0, 2, 3, 1 }));
        // 0 keeps the batch as it is.
        return _builder.Add("Reshape", [channelsLast, _builder.Longs(0, to[1], to[2])]);
    }

    private string Concatenation(TfLiteOperator op)
    {
        int axes = Shape(op.Outputs[0]).Count,
            axis = op.Settings.Axis < 0 ? op.Settings.Axis + axes : op.Settings.Axis;
        long target =
            axes == 4
                ? axis switch
                {
                    3 => 1,
                    1 => 2,
                    2 => 3,
                    _ => 0,
                }
                : axis;
        return _builder.Add("Concat", [.. op.Inputs.Select(Value)], new OnnxAttribute("axis", target));
    }

    private string Resize(TfLiteOperator op)
    {
        if (!op.Settings.HalfPixelCenters || op.Settings.AlignCorners)
            throw new ConversionException("only resizing with half-pixel centres is known here");
        IReadOnlyList<int> from = Shape(op.Inputs[0]),
            to = Shape(op.Outputs[0]);
        string scales = _builder.Constant([1, 1, (float)to[1] / from[1], (float)to[2] / from[2]], 4);
        return _builder.Add(
            "Resize",
            [Value(op.Inputs[0]), "", scales],
            new OnnxAttribute("mode", "linear"),
            new("coordinate_transformation_mode", "half_pixel")
        );
    }

    private IReadOnlyList<int> Shape(int tensor) => _model.Tensors[tensor].Shape;

    private float[] Constant(int tensor) => _model.Floats(_constants.GetValueOrDefault(tensor, tensor));

    private string Value(int tensor) =>
        _values.TryGetValue(tensor, out string? value)
            ? value
            : throw new ConversionException($"tensor '{_model.Tensors[tensor].Name}' is used before it is computed");
}
