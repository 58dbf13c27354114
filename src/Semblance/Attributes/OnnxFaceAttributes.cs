using Semblance.Detection;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Attributes;

/// <summary>
/// The attribute networks that this project trains, in ONNX Runtime: aligned crops in, calibrated probabilities out. Thread-safe.
/// </summary>
public sealed class OnnxFaceAttributes : IFaceAttributeModel, IWarmable
{
    /// <summary>Faces in one run of the network.</summary>
    public const int BatchSize = 16;

    private readonly NetworkSession _network;
    private readonly TensorLayout _layout;
    private readonly FaceCropper _cropper;
    private readonly AttributeAnswer[] _answers;
    private readonly AttributeSettings _settings;
    private readonly int _side;

    /// <summary>Creates the model; its network is loaded at the first face.</summary>
    /// <param name="model">A model of kind age, gender or emotion whose outputs have the roles of <see cref="AttributeRoles"/>.</param>
    /// <param name="options">Which of several answers; null for the defaults.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest describes something else, or lacks the label set asked for.</exception>
    public OnnxFaceAttributes(InstalledModel model, AttributeOptions? options = null, ExecutionOptions? execution = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelManifest manifest = model.Manifest;
        (Id, _side, _settings) = (model.Id, manifest.Input.Width, manifest.Attributes ?? new());
        _answers = AttributeReader.For(manifest, options ?? new(), _settings);
        _cropper = new(Id, manifest.Input);
        _layout = ManifestLayout.Of(Id, manifest.Input);
        _network = new(Id, model.PathOf(), [.. _answers.SelectMany(answer => answer.Parts, (_, part) => part.Output)], execution ?? new());
        Kinds = manifest.Kinds;
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
        return Estimate(faces.Count, i => _cropper.Cut(image, faces[i]), cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceAttributes> EstimateCrops(IReadOnlyList<FaceImage> crops, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(crops);
        return Estimate(crops.Count, i => _cropper.Whole(crops[i]), cancellationToken);
    }

    void IWarmable.Warm() => _network.Warm();

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FaceAttributes[] Estimate(int count, Func<int, AttributeCrop> cut, CancellationToken cancellationToken)
    {
        FaceAttributes[] estimates = new FaceAttributes[count];
        for (int first = 0; first < count; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AttributeCrop[] crops = [.. Enumerable.Range(first, Math.Min(BatchSize, count - first)).Select(cut)];
            string?[] obstacles = [.. crops.Select(crop => crop.FindObstacle(_settings.MinimumFace))];
            AttributeCrop[] usable = [.. crops.Where((_, i) => obstacles[i] is null)];
            FaceAttributes[] judged = usable.Length == 0 ? [] : Run(usable);
            for (int i = 0, next = 0; i < crops.Length; i++)
                estimates[first + i] = obstacles[i] is { } reason ? NotKnown(reason) : judged[next++];
        }
        return estimates;
    }

    private FaceAttributes[] Run(AttributeCrop[] crops)
    {
        int views = _settings.Mirror ? 2 : 1,
            area = 3 * _side * _side;
        float[] input = Scratch.Floats.Rent(crops.Length * views * area);
        try
        {
            for (int i = 0; i < crops.Length; i++)
            {
                Span<float> planes = input.AsSpan(i * views * area, area);
                AreaResampler.Resize(crops[i].Pixels, 0, 0, _side, _side, _side, _side, _layout, planes);
                if (views == 1)
                    continue;
                Span<float> mirrored = input.AsSpan((i * views + 1) * area, area);
                planes.CopyTo(mirrored);
                for (int row = 0; row < 3 * _side; row++)
                    mirrored.Slice(row * _side, _side).Reverse();
            }
            return _network.Run(input, [crops.Length * views, 3, _side, _side], outputs => Read(outputs, crops, views));
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }

    private FaceAttributes[] Read(NetworkOutputs outputs, AttributeCrop[] crops, int views)
    {
        FaceAttributes[] faces = new FaceAttributes[crops.Length];
        for (int i = 0; i < crops.Length; i++)
        {
            FaceAttributes face = new();
            int next = 0;
            foreach (AttributeAnswer answer in _answers)
            {
                bool smallGrey = answer.IsSmallGrey(crops[i]);
                float[] mean = [];
                foreach (AnswerPart part in answer.Parts)
                    Add(ref mean, outputs[next++], smallGrey ? part.SmallGrey : part.Other, i, views, crops.Length);
                face = mean.All(float.IsFinite)
                    ? answer.Reader.Read(mean, face, crops[i])
                    : throw new ModelException(Id, "gave values that are no numbers; the file may be damaged");
            }
            faces[i] = face;
        }
        return faces;
    }

    /// <summary>Adds a share of the mean of the probabilities for a crop and its mirror image.</summary>
    private static void Add(ref float[] mean, ReadOnlySpan<float> values, double share, int face, int views, int count)
    {
        int width = values.Length / (count * views);
        if (mean.Length == 0)
            mean = new float[width];
        for (int view = 0; view < views; view++)
        for (int i = 0; i < width; i++)
            mean[i] += (float)share * values[(face * views + view) * width + i] / views;
    }

    private FaceAttributes NotKnown(string reason) => AttributeDescriptor.NotKnown(Kinds, reason);
}
