using Semblance.Conversion;
using Semblance.Conversion.TfLite;

namespace ModelForge;

/// <summary>
/// Evaluates a TFLite graph operation by operation in double precision, in TFLite's own layout [height, width, channels]: slow, plain,
/// and independent of the translation to ONNX.
/// </summary>
internal static class NaiveTfLite
{
    /// <summary>Runs the graph on one picture.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="input">[height, width, channels].</param>
    /// <param name="output">Name of the output wanted.</param>
    public static double[] Run(TfLiteModel model, double[] input, string output)
    {
        Dictionary<int, double[]> values = new() { [model.Inputs[0]] = input };
        foreach (TfLiteOperator op in model.Operators)
            values[op.Outputs[0]] = Activate(op, Compute(model, op, values));
        return values[model.Outputs.Single(i => model.Tensors[i].Name == output)];
    }

    private static double[] Compute(TfLiteModel model, TfLiteOperator op, Dictionary<int, double[]> values)
    {
        double[] Value(int i) =>
            values.TryGetValue(op.Inputs[i], out double[]? known) ? known : [.. model.Floats(op.Inputs[i]).Select(v => (double)v)];
        IReadOnlyList<int> from = model.Tensors[op.Inputs[0]].Shape,
            to = model.Tensors[op.Outputs[0]].Shape;
        return op.Operation switch
        {
            TfLiteOperation.Dequantize or TfLiteOperation.Reshape => Value(0),
            TfLiteOperation.Relu => [.. Value(0).Select(v => Math.Max(0, v))],
            TfLiteOperation.Add => [.. Value(0).Zip(Value(1), (a, b) => a + b)],
            TfLiteOperation.Concatenation => [.. Enumerable.Range(0, op.Inputs.Count).SelectMany(Value)],
            TfLiteOperation.Pad => PadChannels(Value(0), from, to),
            TfLiteOperation.Conv2D => Convolve(
                op,
                Value(0),
                Value(1),
                Value(2),
                from,
                to,
                model.Tensors[op.Inputs[1]].Shape,
                depthwise: false
            ),
            TfLiteOperation.DepthwiseConv2D => Convolve(
                op,
                Value(0),
                Value(1),
                Value(2),
                from,
                to,
                model.Tensors[op.Inputs[1]].Shape,
                depthwise: true
            ),
            TfLiteOperation.MaxPool2D => Pool(op, Value(0), from, to),
            TfLiteOperation.ResizeBilinear => Resize(Value(0), from, to),
            _ => throw new ConversionException($"operation {op.Operation} is not known to the evaluation"),
        };
    }

    private static double[] Activate(TfLiteOperator op, double[] values) =>
        op.Settings.Activation == 0 ? values : [.. values.Select(v => Math.Max(0, v))];

    private static double[] PadChannels(double[] x, IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        double[] y = new double[to[1] * to[2] * to[3]];
        for (int i = 0; i < x.Length; i++)
            y[i / from[3] * to[3] + i % from[3]] = x[i];
        return y;
    }

    private static double[] Convolve(
        TfLiteOperator op,
        double[] x,
        double[] kernel,
        double[] bias,
        IReadOnlyList<int> from,
        IReadOnlyList<int> to,
        IReadOnlyList<int> shape,
        bool depthwise
    )
    {
        (int height, int width) = (shape[1], shape[2]);
        (int top, int left) = Before(op, from, to, height, width);
        double[] y = new double[to[1] * to[2] * to[3]];
        for (int row = 0; row < to[1]; row++)
        for (int column = 0; column < to[2]; column++)
        for (int o = 0; o < to[3]; o++)
        {
            double sum = bias[o];
            for (int ky = 0; ky < height; ky++)
            for (int kx = 0; kx < width; kx++)
            {
                int sy = row * op.Settings.StrideHeight - top + ky,
                    sx = column * op.Settings.StrideWidth - left + kx;
                if (sy < 0 || sx < 0 || sy >= from[1] || sx >= from[2])
                    continue;
                if (depthwise)
                    sum += x[(sy * from[2] + sx) * from[3] + o] * kernel[(ky * width + kx) * shape[3] + o];
                else
                {
                    for (int c = 0; c < from[3]; c++)
                        sum += x[(sy * from[2] + sx) * from[3] + c] * kernel[((o * height + ky) * width + kx) * from[3] + c];
                }
            }
            y[(row * to[2] + column) * to[3] + o] = sum;
        }
        return y;
    }

    private static double[] Pool(TfLiteOperator op, double[] x, IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        (int height, int width) = (op.Settings.FilterHeight, op.Settings.FilterWidth);
        (int top, int left) = Before(op, from, to, height, width);
        double[] y = new double[to[1] * to[2] * to[3]];
        Array.Fill(y, double.NegativeInfinity);
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % to[3],
                column = i / to[3] % to[2],
                row = i / (to[3] * to[2]);
            for (int ky = 0; ky < height; ky++)
            for (int kx = 0; kx < width; kx++)
            {
                int sy = row * op.Settings.StrideHeight - top + ky,
                    sx = column * op.Settings.StrideWidth - left + kx;
                if (sy >= 0 && sx >= 0 && sy < from[1] && sx < from[2])
                    y[i] = Math.Max(y[i], x[(sy * from[2] + sx) * from[3] + c]);
            }
        }
        return y;
    }

    /// <summary>Half-pixel centres; the border repeats.</summary>
    private static double[] Resize(double[] x, IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        double[] y = new double[to[1] * to[2] * to[3]];
        for (int i = 0; i < y.Length; i++)
        {
            int c = i % to[3];
            (int x0, int x1, double fx) = Between(i / to[3] % to[2], from[2], to[2]);
            (int y0, int y1, double fy) = Between(i / (to[3] * to[2]), from[1], to[1]);
            double At(int py, int px) => x[(py * from[2] + px) * from[3] + c];
            y[i] = (At(y0, x0) * (1 - fx) + At(y0, x1) * fx) * (1 - fy) + (At(y1, x0) * (1 - fx) + At(y1, x1) * fx) * fy;
        }
        return y;
    }

    private static (int, int, double) Between(int cell, int from, int to)
    {
        double position = Math.Clamp((cell + 0.5) * from / to - 0.5, 0, from - 1);
        return ((int)position, Math.Min((int)position + 1, from - 1), position - (int)position);
    }

    private static (int Top, int Left) Before(TfLiteOperator op, IReadOnlyList<int> from, IReadOnlyList<int> to, int height, int width) =>
        op.Settings.SamePadding
            ? (
                Math.Max(0, (to[1] - 1) * op.Settings.StrideHeight + height - from[1]) / 2,
                Math.Max(0, (to[2] - 1) * op.Settings.StrideWidth + width - from[2]) / 2
            )
            : (0, 0);
}
