using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Liveness;

/// <summary>
/// Tells a live face from a picture or a screen showing one, by a network of the catalogue such as <c>minifasnet-v2</c>. Not measured here:
/// an aid, no proof. Thread-safe.
/// </summary>
public sealed class FaceLiveness : IDisposable
{
    /// <summary>The role of the output, and the label of its class for live faces.</summary>
    public const string Role = "liveness",
        GenuineLabel = "genuine";

    private readonly NetworkSession _network;
    private readonly BoxCropper _cropper;
    private readonly ModelInput _input;
    private readonly ModelTensor _output;
    private readonly int _genuine;

    /// <summary>Creates the model; its network is loaded at the first face.</summary>
    /// <param name="model">A model of kind liveness.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest describes something else.</exception>
    public FaceLiveness(InstalledModel model, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Id, _input) = (model.Id, model.Manifest.Input);
        (string name, ModelTensor? output) = model.Manifest.Output.Outputs.FirstOrDefault(o => o.Value.Role == Role);
        _genuine = output?.Labels?.ToList().IndexOf(GenuineLabel) ?? -1;
        if (_genuine < 0)
            throw new ModelException(Id, $"its manifest has no output of role '{Role}' with a label '{GenuineLabel}'");
        _output = output!;
        _cropper = new(Id, _input);
        _network = new(
            Id,
            model.PathOf(),
            signature =>
            {
                _ = signature.RequireImage(Id, _input.Width, _input.Height);
                return [OutputBinding.Find(Id, signature, name, _output)];
            },
            execution ?? new()
        );
    }

    /// <summary>Catalogue id.</summary>
    public string Id { get; }

    /// <summary>How likely the face is a live one, 0 to 1, as the network says; not calibrated.</summary>
    /// <param name="image">The picture that the face was found in.</param>
    /// <param name="face">Its box counts.</param>
    public double ScoreGenuine(FaceImage image, DetectedFace face)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(face);
        float[] input = Scratch.Floats.Rent(_cropper.Length);
        try
        {
            _cropper.Cut(image, face.Box, input);
            return _network.Run(input, [1, 3, _input.Height, _input.Width], outputs => ModelValues.Read(Id, outputs[0], _output)[_genuine]);
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
