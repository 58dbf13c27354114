using Semblance.Conversion.Onnx;

namespace Semblance.Conversion.Rewrites;

/// <summary>Which channel of the original network stands at a place of a map, and its sign there.</summary>
/// <param name="Channel">Number of the original channel; -1 where a place is left empty.</param>
/// <param name="Sign">1, or -1 where the map holds the channel negated.</param>
internal readonly record struct Lane(int Channel, float Sign = 1)
{
    public const int Empty = -1;
}

/// <summary>A feature map whose channels were put in another order for speed; the next convolution takes it through
/// <see cref="KernelLanes.Reading"/>.</summary>
internal sealed record LaneMap(string Value, Lane[] Lanes);

/// <summary>Fits kernels to maps whose channels stand in another order. Weights move and change sign, their size stays.</summary>
internal static class KernelLanes
{
    /// <summary>The kernel that gives certain channels in a certain order; nothing at empty places.</summary>
    public static ConvKernel Giving(this ConvKernel kernel, IReadOnlyList<int> channels)
    {
        int each = kernel.Weights.Length / kernel.Out;
        float[] weights = new float[channels.Count * each],
            bias = new float[channels.Count];
        for (int place = 0; place < channels.Count; place++)
        {
            int channel = channels[place];
            if (channel == Lane.Empty)
                continue;
            kernel.Weights.AsSpan(channel * each, each).CopyTo(weights.AsSpan(place * each));
            bias[place] = kernel.Bias![channel];
        }
        return kernel with { Out = channels.Count, Weights = weights, Bias = bias };
    }

    /// <summary>The kernel that does to a reordered map what this one does to the original.</summary>
    public static ConvKernel Reading(this ConvKernel kernel, IReadOnlyList<Lane> lanes)
    {
        int plane = kernel.Height * kernel.Width;
        float[] weights = new float[kernel.Out * lanes.Count * plane];
        for (int i = 0; i < weights.Length; i++)
        {
            Lane lane = lanes[i / plane % lanes.Count];
            if (lane.Channel == Lane.Empty)
                continue;
            weights[i] = lane.Sign * kernel.Weights[(i / (plane * lanes.Count) * kernel.InPerGroup + lane.Channel) * plane + i % plane];
        }
        return kernel with { InPerGroup = lanes.Count, Weights = weights };
    }
}
