using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Architectures;

/// <summary>
/// One network of MTCNN in facenet-pytorch's state_dict. Its dense layers take maps flattened as (x, y, channel), a heritage of the Caffe
/// original.
/// </summary>
internal sealed class StateMtcnnLayers(StateReader weights) : IMtcnnLayers
{
    public ConvKernel Convolution(string layer, KernelSize size)
    {
        float[] kernel = weights.Deferred(layer + ".weight", size.Out, size.In, size.Side, size.Side)();
        return new(size.Out, size.In, size.Side, size.Side, kernel, weights.Vector(layer + ".bias", size.Out));
    }

    public (float[] Matrix, float[] Bias) Dense(string layer, int side, int channels, int outputs)
    {
        float[] stored = weights.Deferred(layer + ".weight", outputs, side * side * channels)(),
            matrix = new float[stored.Length];
        int plane = side * side;
        for (int i = 0; i < stored.Length; i++)
        {
            int c = i % channels,
                y = i / channels % side,
                x = i / (channels * side) % side,
                o = i / (channels * plane);
            matrix[((o * channels + c) * side + y) * side + x] = stored[i];
        }
        return (matrix, weights.Vector(layer + ".bias", outputs));
    }

    public float[] Slopes(string layer, int channels) => weights.Vector(layer + ".weight", channels);
}
