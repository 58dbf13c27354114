using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Networks;

/// <summary>Where MTCNN's weights come from; layers go by facenet-pytorch's names.</summary>
internal interface IMtcnnLayers
{
    /// <summary>A convolution with a bias.</summary>
    ConvKernel Convolution(string layer, KernelSize size);

    /// <summary>
    /// A dense layer as a matrix [out, in] and a bias, for a map flattened as (channel, y, x), which is ONNX's Flatten.
    /// </summary>
    /// <param name="layer">Its name.</param>
    /// <param name="side">Rows and columns of the map that it takes.</param>
    /// <param name="channels">Channels of that map.</param>
    /// <param name="outputs">Numbers that it gives.</param>
    (float[] Matrix, float[] Bias) Dense(string layer, int side, int channels, int outputs);

    /// <summary>PReLU's slopes.</summary>
    float[] Slopes(string layer, int channels);
}

/// <summary>The size of a kernel.</summary>
/// <param name="Out">Channels that it gives.</param>
/// <param name="In">Channels that it takes.</param>
/// <param name="Side">Rows and columns.</param>
internal readonly record struct KernelSize(int Out, int In, int Side);
