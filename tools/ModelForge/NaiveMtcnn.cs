using Semblance.Conversion.FaceApi;

namespace ModelForge;

/// <summary>
/// Evaluates MTCNN's networks in double precision straight from face-api's tensors ([width, height, in, out] and [in, out]): slow, plain,
/// and independent of the way to ONNX. Feature maps are [channel][row, column].
/// </summary>
internal sealed class NaiveMtcnn(FaceApiWeights weights)
{
    /// <summary>A stack of feature maps.</summary>
    public sealed record Maps(int Height, int Width, double[][] Channels);

    public (double[] Probability, double[] Regression) Proposal(Maps x)
    {
        x = Pool(PRelu(Conv(x, "pnet/conv1"), "pnet/prelu1_alpha"), 2);
        x = PRelu(Conv(PRelu(Conv(x, "pnet/conv2"), "pnet/prelu2_alpha"), "pnet/conv3"), "pnet/prelu3_alpha");
        Maps logits = Conv(x, "pnet/conv4_1");
        return ([.. logits.Channels[0].Zip(logits.Channels[1], Softmax)], [.. Conv(x, "pnet/conv4_2").Channels.SelectMany(c => c)]);
    }

    public (double[] Probability, double[] Regression) Refinement(Maps x)
    {
        x = Pool(PRelu(Conv(x, "rnet/conv1"), "rnet/prelu1_alpha"), 3);
        x = Pool(PRelu(Conv(x, "rnet/conv2"), "rnet/prelu2_alpha"), 3);
        x = PRelu(Conv(x, "rnet/conv3"), "rnet/prelu3_alpha");
        double[] hidden = Dense(Flatten(x), "rnet/fc1", "rnet/prelu4_alpha"),
            logits = Dense(hidden, "rnet/fc2_1");
        return ([Softmax(logits[0], logits[1])], Dense(hidden, "rnet/fc2_2"));
    }

    public (double[] Probability, double[] Regression, double[] Landmarks) Output(Maps x)
    {
        x = Pool(PRelu(Conv(x, "onet/conv1"), "onet/prelu1_alpha"), 3);
        x = Pool(PRelu(Conv(x, "onet/conv2"), "onet/prelu2_alpha"), 3);
        x = Pool(PRelu(Conv(x, "onet/conv3"), "onet/prelu3_alpha"), 2);
        x = PRelu(Conv(x, "onet/conv4"), "onet/prelu4_alpha");
        double[] hidden = Dense(Flatten(x), "onet/fc1", "onet/prelu5_alpha"),
            logits = Dense(hidden, "onet/fc2_1");
        return ([Softmax(logits[0], logits[1])], Dense(hidden, "onet/fc2_2"), Dense(hidden, "onet/fc2_3"));
    }

    private Maps Conv(Maps x, string name)
    {
        FaceApiTensor kernel = weights[name + "/weights"];
        float[] bias = weights[name + "/bias"].Values;
        (int kw, int kh, int inputs, int outputs) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        int height = x.Height - kh + 1,
            width = x.Width - kw + 1;
        double[][] channels = [.. bias.Select(b => Enumerable.Repeat((double)b, height * width).ToArray())];
        for (int i = 0; i < kernel.Values.Length; i++)
        {
            int o = i % outputs,
                c = i / outputs % inputs,
                ky = i / (outputs * inputs) % kh,
                kx = i / (outputs * inputs * kh);
            for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++)
                channels[o][row * width + column] += kernel.Values[i] * x.Channels[c][(row + ky) * x.Width + column + kx];
        }
        return new(height, width, channels);
    }

    private Maps PRelu(Maps x, string name)
    {
        float[] slopes = weights[name].Values;
        return x with { Channels = [.. x.Channels.Select((channel, c) => channel.Select(v => v > 0 ? v : slopes[c] * v).ToArray())] };
    }

    /// <summary>Steps of two; the last window may hang over the edge.</summary>
    private static Maps Pool(Maps x, int side)
    {
        int height = (int)Math.Ceiling((x.Height - side) / 2.0) + 1,
            width = (int)Math.Ceiling((x.Width - side) / 2.0) + 1;
        return new(
            height,
            width,
            [
                .. x.Channels.Select(channel =>
                {
                    double[] pooled = new double[height * width];
                    for (int i = 0; i < pooled.Length; i++)
                    {
                        int top = i / width * 2,
                            left = i % width * 2;
                        pooled[i] = Enumerable
                            .Range(top, Math.Min(side, x.Height - top))
                            .Max(y => Enumerable.Range(left, Math.Min(side, x.Width - left)).Max(c => channel[y * x.Width + c]));
                    }
                    return pooled;
                }),
            ]
        );
    }

    /// <summary>Columns first, then rows, then channels.</summary>
    private static double[] Flatten(Maps x) =>
        [
            .. from column in Enumerable.Range(0, x.Width)
            from row in Enumerable.Range(0, x.Height)
            from channel in x.Channels
            select channel[row * x.Width + column],
        ];

    private double[] Dense(double[] x, string name, string? slopes = null)
    {
        FaceApiTensor matrix = weights[name + "/weights"];
        int outputs = matrix.Shape[1];
        double[] y = [.. weights[name + "/bias"].Values.Select(b => (double)b)];
        for (int i = 0; i < matrix.Values.Length; i++)
            y[i % outputs] += x[i / outputs] * matrix.Values[i];
        return slopes is null ? y : [.. y.Select((v, c) => v > 0 ? v : weights[slopes].Values[c] * v)];
    }

    private static double Softmax(double background, double face) => 1 / (1 + Math.Exp(background - face));
}
