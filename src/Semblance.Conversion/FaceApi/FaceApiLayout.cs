using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.FaceApi;

/// <summary>Brings face-api's MTCNN weights into the layout of ONNX.</summary>
internal static class FaceApiLayout
{
    /// <summary>A convolution, stored [width, height, in, out].</summary>
    public static ConvKernel Convolution(FaceApiWeights weights, string name)
    {
        FaceApiTensor kernel = weights[name + "/weights"];
        if (kernel.Shape is not [int width, int height, int inputs, int outputs])
            throw new ConversionException($"'{kernel.Name}' is no convolution");
        float[] transposed = new float[kernel.Values.Length];
        for (int i = 0; i < transposed.Length; i++)
        {
            int o = i % outputs,
                c = i / outputs % inputs,
                y = i / (outputs * inputs) % height,
                x = i / (outputs * inputs * height);
            transposed[((o * inputs + c) * height + y) * width + x] = kernel.Values[i];
        }
        return new(outputs, inputs, height, width, transposed, weights[name + "/bias"].Values);
    }

    /// <summary>
    /// A dense layer, stored [in, out], whose input is a feature map flattened as (x, y, channel): as a matrix [out, in] for a map
    /// flattened as (channel, y, x), which is ONNX's Flatten.
    /// </summary>
    public static (float[] Matrix, float[] Bias) Dense(FaceApiWeights weights, string name, int side, int channels)
    {
        FaceApiTensor dense = weights[name + "/weights"];
        if (dense.Shape is not [int inputs, int outputs] || inputs != side * side * channels)
            throw new ConversionException($"'{dense.Name}' does not fit a map of {channels} x {side} x {side}");
        float[] matrix = new float[dense.Values.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            int o = i % outputs,
                c = i / outputs % channels,
                y = i / (outputs * channels) % side,
                x = i / (outputs * channels * side);
            matrix[((o * channels + c) * side + y) * side + x] = dense.Values[i];
        }
        return (matrix, weights[name + "/bias"].Values);
    }
}
