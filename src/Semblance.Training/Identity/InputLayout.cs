using Semblance.Conversion.Architectures;
using Semblance.Models;

namespace Semblance.Training.Identity;

/// <summary>How a crop becomes a network's input: order of the channels, and (pixel - mean) times scale, the same for every
/// channel.</summary>
/// <param name="Channels"><c>RGB</c> or <c>BGR</c>.</param>
/// <param name="Mean">In pixel units.</param>
/// <param name="Scale">Factor.</param>
internal sealed record InputLayout(string Channels, float Mean, float Scale)
{
    /// <summary>The layout of an official network.</summary>
    public static InputLayout Of(NetworkInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(input.Channels == ChannelOrder.Bgr ? "BGR" : "RGB", input.Mean[0], input.Scale[0]);
    }

    /// <summary>The layout of an installed model.</summary>
    /// <exception cref="TrainingException">It treats channels differently.</exception>
    public static InputLayout Of(InstalledModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelInput input = model.Manifest.Input;
        if (input.Mean.Distinct().Count() != 1 || input.Scale.Distinct().Count() != 1)
            throw new TrainingException($"model '{model.Id}' has another mean or scale for every channel, which training does not know");
        return new(input.Channels, input.Mean[0], input.Scale[0]);
    }

    /// <summary>As a manifest says it.</summary>
    public ModelInput ToManifest() =>
        new()
        {
            Width = FaceCropper.Side,
            Height = FaceCropper.Side,
            Channels = Channels,
            Mean = [Mean, Mean, Mean],
            Scale = [Scale, Scale, Scale],
            Template = "arcface-112",
        };

    /// <summary>Writes the input of one crop.</summary>
    /// <param name="image">The crop.</param>
    /// <param name="input">3 x 112 x 112 values.</param>
    public void Write(CropImage image, Span<float> input)
    {
        ArgumentNullException.ThrowIfNull(image);
        for (int plane = 0; plane < 3; plane++)
        {
            ReadOnlySpan<float> from = image.Planes.AsSpan((Channels == "BGR" ? 2 - plane : plane) * CropImage.Plane, CropImage.Plane);
            Span<float> to = input.Slice(plane * CropImage.Plane, CropImage.Plane);
            for (int i = 0; i < to.Length; i++)
                to[i] = (from[i] - Mean) * Scale;
        }
    }
}
