using Semblance.Training.Attributes.Augmentation;
using Semblance.Training.Attributes.Data;
using Semblance.Training.Attributes.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>The averaged maps of a trained trunk.</summary>
internal sealed class TrunkFeatures(AttributeNetwork network, int side) : IFeatureSource
{
    private const int Batch = 64;

    public int Width => network.FeatureCount;

    public float[] Compute(IReadOnlyList<FaceCrop> crops, CancellationToken cancellationToken)
    {
        network.eval();
        int area = 3 * side * side;
        List<float> features = [];
        using var noGradients = no_grad();
        for (int first = 0; first < crops.Count; first += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(Batch, crops.Count - first);
            float[] planes = new float[count * area];
            for (int i = 0; i < count; i++)
                CropSampler.Plain(crops[first + i], side, planes.AsSpan(i * area, area));
            using DisposeScope scope = NewDisposeScope();
            features.AddRange(network.Features(tensor(planes, [count, 3, side, side])).data<float>().ToArray());
        }
        return [.. features];
    }
}
