using Semblance.Conversion.Networks;
using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.FaceApi;

/// <summary>One network of MTCNN in face-api's weights, whose dense layers are called otherwise than facenet-pytorch's.</summary>
/// <param name="weights">The weights of all three networks.</param>
/// <param name="network"><c>pnet</c>, <c>rnet</c> or <c>onet</c>.</param>
internal sealed class FaceApiMtcnnLayers(FaceApiWeights weights, string network) : IMtcnnLayers
{
    private static readonly Dictionary<string, string> DenseNames = new()
    {
        ["dense4"] = "fc1",
        ["dense5_1"] = "fc2_1",
        ["dense5_2"] = "fc2_2",
        ["dense5"] = "fc1",
        ["dense6_1"] = "fc2_1",
        ["dense6_2"] = "fc2_2",
        ["dense6_3"] = "fc2_3",
    };

    public ConvKernel Convolution(string layer, KernelSize size) => FaceApiLayout.Convolution(weights, $"{network}/{layer}");

    public (float[] Matrix, float[] Bias) Dense(string layer, int side, int channels, int outputs) =>
        FaceApiLayout.Dense(weights, $"{network}/{DenseNames[layer]}", side, channels);

    public float[] Slopes(string layer, int channels) => weights[$"{network}/{layer}_alpha"].Values;
}
