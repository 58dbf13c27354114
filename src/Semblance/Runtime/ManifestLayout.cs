using System.Numerics;
using Semblance.Imaging;
using Semblance.Models;

namespace Semblance.Runtime;

/// <summary>Reads from a manifest how pixels become a network's input.</summary>
internal static class ManifestLayout
{
    /// <summary>The layout that a manifest states.</summary>
    /// <exception cref="ModelException">The channels are neither RGB nor BGR, or mean or scale are not three numbers.</exception>
    public static TensorLayout Of(string model, ModelInput input)
    {
        ChannelOrder order = input.Channels switch
        {
            "RGB" => ChannelOrder.Rgb,
            "BGR" => ChannelOrder.Bgr,
            _ => throw new ModelException(model, $"its manifest says channels '{input.Channels}'; known are RGB and BGR"),
        };
        if (input.Mean.Count != 3 || input.Scale.Count != 3)
            throw new ModelException(model, "its manifest must give three means and three scales");
        return new(order, Three(input.Mean), Three(input.Scale), input.PadValue);
    }

    private static Vector3 Three(IReadOnlyList<float> values) => new(values[0], values[1], values[2]);
}
