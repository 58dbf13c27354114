using System.Numerics;
using System.Text.Json;
using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;
using static System.FormattableString;

namespace Semblance.Attributes;

/// <summary>
/// Attribute networks of others that see a face's box: InsightFace's age and gender, FairFace, head pose, 68 landmarks. Their
/// probabilities are given as they come, not calibrated here; an age without groups comes without an interval. Thread-safe.
/// </summary>
public sealed class BoxFaceAttributes : IFaceAttributeModel, IWarmable
{
    /// <summary>
    /// Roles of outputs: an age in years or probabilities of age groups, probabilities of genders and expressions, yaw, pitch and roll in
    /// degrees, and 68 points as parts of the crop's sides, x before y.
    /// </summary>
    private const string AgeRole = "age",
        GenderRole = "gender",
        EmotionRole = "emotion",
        PoseRole = "pose",
        LandmarksRole = "landmarks";

    private readonly NetworkSession _network;
    private readonly BoxCropper _cropper;
    private readonly ModelInput _input;
    private readonly (string Name, ModelTensor Tensor)[] _outputs;
    private readonly AttributeSettings _settings;
    private readonly AgeGroups? _groups;

    /// <summary>Creates the model; its network is loaded at the first face.</summary>
    /// <param name="model">A model of kind age, gender, emotion, pose or landmarks whose manifest says how the box is cut.</param>
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
            .. manifest
                .Output.Outputs.Where(output => output.Value.Role is AgeRole or GenderRole or EmotionRole or PoseRole or LandmarksRole)
                .Select(output => (output.Key, output.Value)),
        ];
        foreach (string role in Kinds.Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())))
            if (_outputs.All(output => output.Tensor.Role != role))
                throw new ModelException(Id, $"its manifest has no output of role '{role}'");
        foreach ((_, ModelTensor tensor) in _outputs)
            if (tensor.Role is GenderRole or EmotionRole && tensor.Labels is null)
                throw new ModelException(Id, $"its manifest names no labels for '{tensor.Role}'");
        _groups = _outputs.FirstOrDefault(output => output.Tensor.Role == AgeRole).Tensor?.Labels is { } labels ? new(Id, labels) : null;
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
        {
            ModelTensor tensor = _outputs[i].Tensor;
            float[] values = ModelValues.Read(Id, outputs[i], tensor);
            face = tensor.Role switch
            {
                AgeRole when _groups is not null => new AgeReader(_settings.AgeInterval).Read(_groups.Spread(values), face),
                AgeRole => face with { Age = AttributeEstimate.Of(new AgeEstimate(Math.Round(Math.Max(0, values[0]), 1), [])) },
                GenderRole => new GenderReader(tensor.Labels!, _settings).Read(values, face),
                PoseRole when values is [var yaw, var pitch, var roll] => face with
                {
                    Pose = AttributeEstimate.Of(new HeadPose(Degrees(yaw), Degrees(pitch), Degrees(roll))),
                },
                PoseRole => throw new ModelException(Id, $"gave {values.Length} numbers for a pose, 3 are needed"),
                LandmarksRole => face with { Landmarks68 = AttributeEstimate.Of(Place(values, region)) },
                _ => new EmotionReader(tensor.Labels!).Read(values, face),
            };
        }
        return face;
    }

    private FaceLandmarks68 Place(float[] parts, (int Left, int Top, int Width, int Height) region)
    {
        if (parts.Length != 2 * FaceLandmarks68.Count)
            throw new ModelException(Id, $"gave {parts.Length} numbers for landmarks, {2 * FaceLandmarks68.Count} are needed");
        Vector2[] points = new Vector2[FaceLandmarks68.Count];
        for (int i = 0; i < points.Length; i++)
        {
            // A part of the side counts from the crop's edge, a pixel from the centre of the first one.
            points[i] = new(region.Left + parts[2 * i] * region.Width - 0.5f, region.Top + parts[2 * i + 1] * region.Height - 0.5f);
        }
        return new(points);
    }

    private static double Degrees(float value) => Math.Round((double)value, 1);

    private string[] Bind(NetworkSignature signature)
    {
        _ = signature.RequireImage(Id, _input.Width, _input.Height);
        return [.. _outputs.Select(output => OutputBinding.Find(Id, signature, output.Name, output.Tensor))];
    }

    private FaceAttributes NotKnown(string reason) => AttributeDescriptor.NotKnown(Kinds, reason);
}
