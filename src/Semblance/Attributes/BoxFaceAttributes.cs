using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;
using static System.FormattableString;

namespace Semblance.Attributes;

/// <summary>
/// Attribute networks of others that see a face's box: InsightFace's age and gender, FairFace, head pose, 68 landmarks, liveness. What they
/// say is given as it comes, not calibrated here; an age without groups comes without an interval. Thread-safe.
/// </summary>
public sealed class BoxFaceAttributes : IFaceAttributeModel, IWarmable
{
    private readonly NetworkSession _network;
    private readonly BoxCropper _cropper;
    private readonly ModelInput _input;
    private readonly (string Name, ModelTensor Tensor, BoxReader Read)[] _outputs;
    private readonly AttributeSettings _settings;

    /// <summary>Creates the model; its network is loaded at the first face.</summary>
    /// <param name="model">A model of attributes whose manifest says how the box is cut, each in an output whose role is its name.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest describes something else.</exception>
    public BoxFaceAttributes(InstalledModel model, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelManifest manifest = model.Manifest;
        (Id, Kinds, _input, _settings) = (model.Id, manifest.Kinds, manifest.Input, manifest.Attributes ?? new());
        AttributeReader.Require(Id, _settings);
        _cropper = new(Id, manifest.Input);
        _outputs =
        [
            .. from output in manifest.Output.Outputs
            join attribute in AttributeDescriptor.All on output.Value.Role equals attribute.Name
            select (output.Key, output.Value, attribute.Bind(Id, output.Value, _settings)),
        ];
        foreach (string role in Kinds.Select(kind => AttributeDescriptor.For(kind).Name))
            if (_outputs.All(output => output.Tensor.Role != role))
                throw new ModelException(Id, $"its manifest has no output of role '{role}'");
        _network = new(Id, model.PathOf(), Bind, execution ?? new());
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ModelKind> Kinds { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FaceAttributes> Estimate(
        FaceImage image,
        IReadOnlyList<DetectedFace> faces,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        FaceAttributes[] estimates = new FaceAttributes[faces.Count];
        for (int i = 0; i < estimates.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            estimates[i] = Estimate(image, faces[i].Box);
        }
        return estimates;
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceAttributes> EstimateCrops(IReadOnlyList<FaceImage> crops, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(crops);
        FaceAttributes[] estimates = new FaceAttributes[crops.Count];
        for (int i = 0; i < estimates.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The crop holds the box and what the network wants around it.
            float scale = 1 / _input.Crop!.Scale,
                width = crops[i].Width * scale,
                height = crops[i].Height * scale;
            estimates[i] = Estimate(crops[i], new((crops[i].Width - width) / 2, (crops[i].Height - height) / 2, width, height));
        }
        return estimates;
    }

    void IWarmable.Warm() => _network.Warm();

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FaceAttributes Estimate(FaceImage image, FaceBox box)
    {
        float longer = MathF.Max(box.Width, box.Height);
        if (!(longer >= _settings.MinimumFace))
            return NotKnown(Invariant($"face too small ({longer:0} px, {_settings.MinimumFace:0} needed)"));
        float[] input = Scratch.Floats.Rent(_cropper.Length);
        try
        {
            _cropper.Cut(image, box, input);
            return _network.Run(input, [1, 3, _input.Height, _input.Width], outputs =>
                Read(outputs, _cropper.RegionOf(box, image.Width, image.Height))
            );
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }

    private FaceAttributes Read(NetworkOutputs outputs, (int Left, int Top, int Width, int Height) region)
    {
        FaceAttributes face = new();
        for (int i = 0; i < _outputs.Length; i++)
            face = _outputs[i].Read(ModelValues.Read(Id, outputs[i], _outputs[i].Tensor), region, face);
        return face;
    }

    private string[] Bind(NetworkSignature signature)
    {
        _ = signature.RequireImage(Id, _input.Width, _input.Height);
        return [.. _outputs.Select(output => OutputBinding.Find(Id, signature, output.Name, output.Tensor))];
    }

    private FaceAttributes NotKnown(string reason) => AttributeDescriptor.NotKnown(Kinds, reason);
}
