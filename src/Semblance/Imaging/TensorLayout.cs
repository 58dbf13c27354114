using Semblance.Models;

namespace Semblance.Imaging;

/// <summary>How pixels become planes of a network's input: value = (pixel - mean) * scale, channel by channel.</summary>
/// <param name="Order">Order of the planes.</param>
/// <param name="Mean0">Mean of the first plane, in pixel units.</param>
/// <param name="Mean1">Mean of the second plane.</param>
/// <param name="Mean2">Mean of the third plane.</param>
/// <param name="Scale0">Scale of the first plane.</param>
/// <param name="Scale1">Scale of the second plane.</param>
/// <param name="Scale2">Scale of the third plane.</param>
/// <param name="PadValue">What stands outside the picture, in pixel units.</param>
internal readonly record struct TensorLayout(
    ChannelOrder Order, float Mean0, float Mean1, float Mean2, float Scale0, float Scale1, float Scale2, float PadValue)
{
    /// <summary>The layout that a manifest states.</summary>
    /// <exception cref="ModelException">Not three channels, or an unknown order.</exception>
    public static TensorLayout From(string model, ModelInput input)
    {
        ChannelOrder order = input.Channels switch
        {
            "RGB" => ChannelOrder.Rgb,
            "BGR" => ChannelOrder.Bgr,
            _ => throw new ModelException(model, $"its manifest says channels '{input.Channels}'; known are RGB and BGR"),
        };
        if (input.Mean.Count != 3 || input.Scale.Count != 3) throw new ModelException(model, "its manifest must give three means and three scales");
        return new(order, input.Mean[0], input.Mean[1], input.Mean[2], input.Scale[0], input.Scale[1], input.Scale[2], input.PadValue);
    }

    public float Mean(int plane) => plane switch { 0 => Mean0, 1 => Mean1, _ => Mean2 };

    public float Scale(int plane) => plane switch { 0 => Scale0, 1 => Scale1, _ => Scale2 };
}
