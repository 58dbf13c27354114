using Semblance.Alignment;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Quality;

/// <summary>
/// Scores how usable an aligned crop is, by a network of the catalogue such as <c>ediffiqa-t</c>. What the score means is the network's
/// own; the measured quality of <see cref="FaceQualityAssessor"/> is independent of it. Thread-safe.
/// </summary>
public sealed class OnnxFaceQuality : IDisposable
{
    /// <summary>The role of the output.</summary>
    public const string Role = "quality";

    private readonly NetworkSession _network;
    private readonly TensorLayout _layout;
    private readonly ModelTensor _output;
    private readonly int _side;

    /// <summary>Creates the model; its network is loaded at the first crop.</summary>
    /// <param name="model">A model of kind quality.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest describes something else.</exception>
    public OnnxFaceQuality(InstalledModel model, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelInput input = model.Manifest.Input;
        Id = model.Id;
        (string name, ModelTensor? output) = model.Manifest.Output.Outputs.FirstOrDefault(o => o.Value.Role == Role);
        _output = output ?? throw new ModelException(Id, $"its manifest has no output of role '{Role}'");
        if (input.Width <= 0 || input.Width != input.Height)
            throw new ModelException(Id, $"crops are square, its manifest says {input.Width} x {input.Height}");
        (_side, _layout) = (input.Width, ManifestLayout.Of(Id, input));
        _network = new(
            Id,
            model.PathOf(),
            signature =>
            {
                _ = signature.RequireImage(Id, input.Width, input.Height);
                return [OutputBinding.Find(Id, signature, name, _output)];
            },
            execution ?? new()
        );
    }

    /// <summary>Catalogue id.</summary>
    public string Id { get; }

    /// <summary>The network's score; higher is better.</summary>
    /// <param name="face">Aligned at the size of the manifest.</param>
    /// <exception cref="ModelException">The crop has another size.</exception>
    public double Score(AlignedFace face)
    {
        ArgumentNullException.ThrowIfNull(face);
        if (face.Size != _side)
            throw new ModelException(Id, $"takes crops of {_side} x {_side} pixels, got {face.Size} x {face.Size}");
        float[] input = Scratch.Floats.Rent(3 * _side * _side);
        try
        {
            AreaResampler.Resize(face.Pixels, 0, 0, _side, _side, _side, _side, _layout, input);
            return _network.Run(input, [1, 3, _side, _side], outputs => ModelValues.Read(Id, outputs[0], _output)[0]);
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
