using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Attributes;

/// <summary>
/// The attribute networks that this project trains, in ONNX Runtime: aligned crops in, calibrated probabilities out. Thread-safe.
/// </summary>
/// <remarks>
/// A network may take the face's embedding beside its crop (<see cref="ModelInput.Embedding"/>). Embeddings of its contract that are known
/// already are handed to it; the others are computed, of the crop on the ArcFace template, or of whole crops as they are. With
/// <see cref="AttributeSettings.Mirror"/> the embedding stands for both views.
/// </remarks>
public sealed class OnnxFaceAttributes : IFaceAttributeModel, IWarmable
{
    /// <summary>Faces in one run of the network.</summary>
    public const int BatchSize = 16;

    private readonly NetworkSession _network;
    private readonly TensorLayout _layout;
    private readonly FaceCropper _cropper;
    private readonly FaceAligner _aligner = new();
    private readonly AttributeAnswer[] _answers;
    private readonly AttributeSettings _settings;
    private readonly IFaceEmbedder? _embedder;
    private readonly IDisposable? _owned;
    private readonly int _side;

    /// <summary>Creates the model; its network is loaded at the first face. The embedder of a network that takes embeddings comes from
    /// <see cref="ModelCatalog.Default"/>.</summary>
    /// <param name="model">A model of kind age, gender or emotion whose outputs have the roles of <see cref="AttributeRoles"/>.</param>
    /// <param name="options">Which of several answers; null for the defaults.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest describes something else, or lacks the label set asked for; or the embedder that it
    /// names is not installed.</exception>
    public OnnxFaceAttributes(InstalledModel model, AttributeOptions? options = null, ExecutionOptions? execution = null)
        : this(model, options ?? new(), execution ?? new(), new AttributeEmbedders(null, ModelCatalog.Default, execution ?? new())) { }

    private OnnxFaceAttributes(InstalledModel model, AttributeOptions options, ExecutionOptions execution, AttributeEmbedders embedders)
        : this(model, options, execution, embedders, embedders) { }

    /// <inheritdoc cref="OnnxFaceAttributes(InstalledModel, AttributeOptions?, ExecutionOptions?)"/>
    /// <param name="embedders">Give it embeddings where it takes some and they are not known.</param>
    /// <param name="owned">What ends with this model; null for nothing.</param>
    internal OnnxFaceAttributes(
        InstalledModel model,
        AttributeOptions options,
        ExecutionOptions execution,
        AttributeEmbedders embedders,
        IDisposable? owned
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelManifest manifest = model.Manifest;
        (Id, _side, _settings, _owned) = (model.Id, manifest.Input.Width, manifest.Attributes ?? new(), owned);
        _answers = AttributeReader.For(manifest, options, _settings);
        _cropper = new(Id, manifest.Input);
        _layout = ManifestLayout.Of(Id, manifest.Input);
        string[] outputs = [.. _answers.SelectMany(answer => answer.Parts, (_, part) => part.Output)];
        _network = new(Id, model.PathOf(), outputs, execution, manifest.Input.Embedding?.Name);
        _embedder = manifest.Input.Embedding is { } wanted ? embedders.For(Id, wanted) : null;
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
        return Estimate(faces.Count, i => Seen(image, faces[i], null), cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceAttributes> Estimate(
        FaceImage image,
        IReadOnlyList<DetectedFace> faces,
        IReadOnlyList<FaceEmbedding> embeddings,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(faces);
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Count != faces.Count)
            throw new ArgumentException($"There are {embeddings.Count} embeddings for {faces.Count} faces.", nameof(embeddings));
        return Estimate(faces.Count, i => Seen(image, faces[i], embeddings[i]), cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceAttributes> EstimateCrops(IReadOnlyList<FaceImage> crops, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(crops);
        return Estimate(crops.Count, i => Whole(crops[i]), cancellationToken);
    }

    void IWarmable.Warm()
    {
        _network.Warm();
        (_embedder as IWarmable)?.Warm();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _owned?.Dispose();
    }

    private SeenFace Seen(FaceImage image, DetectedFace face, FaceEmbedding? embedding) =>
        new(_cropper.Cut(image, face), embedding?.Contract == _embedder?.Contract ? embedding : null, () => _aligner.Align(image, face));

    private SeenFace Whole(FaceImage picture)
    {
        AttributeCrop crop = _cropper.Whole(picture);
        return new(crop, null, () => _cropper.Frame(crop));
    }

    private FaceAttributes[] Estimate(int count, Func<int, SeenFace> see, CancellationToken cancellationToken)
    {
        FaceAttributes[] estimates = new FaceAttributes[count];
        for (int first = 0; first < count; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SeenFace[] faces = [.. Enumerable.Range(first, Math.Min(BatchSize, count - first)).Select(see)];
            string?[] obstacles = [.. faces.Select(face => face.Crop.FindObstacle(_settings.MinimumFace))];
            SeenFace[] usable = [.. faces.Where((_, i) => obstacles[i] is null)];
            FaceAttributes[] judged = usable.Length == 0 ? [] : Run(usable, cancellationToken);
            for (int i = 0, next = 0; i < faces.Length; i++)
                estimates[first + i] = obstacles[i] is { } reason ? NotKnown(reason) : judged[next++];
        }
        return estimates;
    }

    private FaceAttributes[] Run(SeenFace[] faces, CancellationToken cancellationToken)
    {
        AttributeCrop[] crops = [.. faces.Select(face => face.Crop)];
        int views = _settings.Mirror ? 2 : 1,
            rows = crops.Length * views,
            area = 3 * _side * _side;
        float[]? embeddings = _embedder is null ? null : Embeddings(_embedder, faces, views, cancellationToken);
        float[] input = Scratch.Floats.Rent(rows * area);
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
            long[] shape = [rows, 3, _side, _side];
            return embeddings is null
                ? _network.Run(input, shape, outputs => Read(outputs, crops, views))
                : _network.Run((input, shape), (embeddings, [rows, embeddings.Length / rows]), outputs => Read(outputs, crops, views));
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }

    /// <summary>The vectors of the faces as the embedder gives them, before they are made unit vectors; those that are not known are
    /// computed.</summary>
    private static float[] Embeddings(IFaceEmbedder embedder, SeenFace[] faces, int views, CancellationToken cancellationToken)
    {
        AlignedFace[] missing = [.. faces.Where(face => face.Embedding is null).Select(face => face.Align())];
        IReadOnlyList<FaceEmbedding> computed = missing.Length == 0 ? [] : embedder.Embed(missing, cancellationToken);
        float[] vectors = new float[faces.Length * views * embedder.Dimension];
        int next = 0,
            row = 0;
        foreach (SeenFace face in faces)
        {
            FaceEmbedding embedding = face.Embedding ?? computed[next++];
            for (int view = 0; view < views; view++)
                System.Numerics.Tensors.TensorPrimitives.Multiply(
                    embedding.Vector.Span,
                    embedding.Norm,
                    vectors.AsSpan(row++ * embedder.Dimension, embedder.Dimension)
                );
        }
        return vectors;
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

    /// <summary>A face as the network gets it.</summary>
    /// <param name="Crop">Its crop.</param>
    /// <param name="Embedding">Its embedding; null where it is not known.</param>
    /// <param name="Align">Cuts it for the embedder.</param>
    private sealed record SeenFace(AttributeCrop Crop, FaceEmbedding? Embedding, Func<AlignedFace> Align);
}
