using Semblance.Alignment;
using Semblance.Imaging;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance.Embedding;

/// <summary>
/// An embedder of the ArcFace / AdaFace family in ONNX Runtime: aligned crops in, vectors out, normalised here with their length kept.
/// Thread-safe.
/// </summary>
public sealed class OnnxFaceEmbedder : IFaceEmbedder, IWarmable
{
    /// <summary>Crops in one run of the network, when its batch axis is free.</summary>
    public const int BatchSize = 4;

    /// <summary>The role of the vector among the outputs of a manifest.</summary>
    public const string EmbeddingRole = "embedding";

    /// <summary>The role of the vector's length before normalising, for networks that give unit vectors (AdaFace).</summary>
    public const string NormRole = "norm";

    private readonly NetworkSession _network;
    private readonly OnnxFaceEmbedder _owner;
    private readonly string _plainContract;
    private readonly TensorLayout _layout;
    private readonly EmbeddingOptions _options;
    private readonly IReadOnlyDictionary<string, ModelTensor> _promised;
    private readonly int _side;
    private readonly Lazy<EmbeddingCohort?> _cohort;
    private int _fixedBatch;

    /// <summary>Creates the embedder; the network is loaded at the first crop.</summary>
    /// <param name="model">A model of kind embedder.</param>
    /// <param name="alignment">How its crops are cut; part of the contract.</param>
    /// <param name="options">How crops become vectors; part of the contract.</param>
    /// <param name="execution">Where the network runs.</param>
    /// <exception cref="ModelException">The manifest does not describe an embedder of square crops.</exception>
    public OnnxFaceEmbedder(
        InstalledModel model,
        AlignmentOptions? alignment = null,
        EmbeddingOptions? options = null,
        ExecutionOptions? execution = null
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelManifest manifest = model.Manifest;
        KeyValuePair<string, ModelTensor> output = manifest.Output.Outputs.FirstOrDefault(o => o.Value.Role == EmbeddingRole);
        if (output.Value?.Shape is not [_, var last] || !last.TryGetInt32(out int dimension))
            throw new ModelException(model.Id, $"its manifest has no output of role '{EmbeddingRole}' and shape [\"N\", dimension]");
        if (manifest.Input.Width != manifest.Input.Height || manifest.Input.Width <= 0)
            throw new ModelException(model.Id, $"crops are square, its manifest says {manifest.Input.Width} x {manifest.Input.Height}");
        _options = options ?? new();
        (Id, Dimension, _side) = (model.Id, dimension, manifest.Input.Width);
        Contract = ContractOf(manifest, alignment ?? new(), _options);
        // The sum over two views is another vector than those of the cohort.
        Cohort =
            _options.Flip || manifest.Cohort is null || !manifest.Files.TryGetValue(EmbeddingCohort.FileRole, out ModelFile? cohort)
                ? null
                : EmbeddingCohort.ShortId(cohort.Sha256);
        _cohort = new(() => _options.Flip ? null : EmbeddingCohort.Of(model));
        _promised = manifest.Output.Outputs;
        _layout = ManifestLayout.Of(Id, manifest.Input);
        _network = new(Id, model.PathOf(), Bind, execution ?? new());
        (_owner, _plainContract) = (this, manifest.Contract!);
    }

    /// <summary>The same network with other settings; it stays the owner's.</summary>
    private OnnxFaceEmbedder(OnnxFaceEmbedder owner)
    {
        (Id, Dimension, Contract, _plainContract) = (owner.Id, owner.Dimension, owner._plainContract, owner._plainContract);
        (_side, _layout, _promised, _options) = (owner._side, owner._layout, owner._promised, new());
        (_network, _owner, _cohort) = (owner._network, owner, new(() => null));
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public string Contract { get; }

    /// <inheritdoc/>
    public string? Cohort { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <summary>The contract of a model under given settings: what departs from the default is appended to the manifest's.</summary>
    public static string ContractOf(ModelManifest manifest, AlignmentOptions alignment, EmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(alignment);
        ArgumentNullException.ThrowIfNull(options);
        string contract = manifest.Contract ?? throw new ModelException(manifest.Id, "its manifest has no contract");
        return contract + alignment.ContractSuffix + (options.Flip ? "+flip" : "");
    }

    /// <summary>The vectors of a contract by the same network, whatever this embedder makes of them, and without baselines; null where it
    /// is not the contract of the network as it is.</summary>
    /// <returns>An embedder that lives as long as this one and needs no disposal.</returns>
    internal OnnxFaceEmbedder? Plain(string contract) => contract == _plainContract ? new(this) : null;

    /// <inheritdoc/>
    public IReadOnlyList<FaceEmbedding> Embed(ReadOnlySpan<AlignedFace> faces, CancellationToken cancellationToken = default)
    {
        FaceEmbedding[] embeddings = new FaceEmbedding[faces.Length];
        for (int first = 0; first < faces.Length; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchSize, faces.Length - first);
            EmbedBatch(faces.Slice(first, count), embeddings.AsSpan(first, count));
        }
        return embeddings;
    }

    void IWarmable.Warm()
    {
        _network.Warm();
        _ = _cohort.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owner == this)
            _network.Dispose();
    }

    private void EmbedBatch(ReadOnlySpan<AlignedFace> faces, Span<FaceEmbedding> embeddings)
    {
        _network.Warm();
        int views = _options.Flip ? 2 : 1,
            crop = 3 * _side * _side,
            rows = faces.Length * views;
        int rowsPerRun = _owner._fixedBatch > 0 ? _owner._fixedBatch : rows;
        float[] input = Scratch.Floats.Rent((rows + rowsPerRun) * crop);
        try
        {
            for (int i = 0; i < faces.Length; i++)
                Fill(faces[i], input.AsSpan(i * views * crop, views * crop));
            float[] vectors = new float[rows * Dimension];
            for (int first = 0; first < rows; first += rowsPerRun)
                RunRows(input.AsMemory(first * crop), Math.Min(rowsPerRun, rows - first), vectors.AsSpan(first * Dimension));
            float[] sums = Sum(vectors, views);
            for (int i = 0; i < faces.Length; i++)
                embeddings[i] = Normalize(sums.AsSpan(i * Dimension, Dimension), views);
        }
        finally
        {
            Scratch.Floats.Return(input);
        }
    }

    /// <summary>One run. A network of a fixed batch always gets that many rows; what it gives for those behind the last is
    /// dropped.</summary>
    private void RunRows(Memory<float> input, int rows, Span<float> vectors)
    {
        int given = _owner._fixedBatch > 0 ? _owner._fixedBatch : rows;
        float[] result = _network.Run(input, [given, 3, _side, _side], outputs =>
        {
            if (outputs[0].Length != given * Dimension)
                throw new ModelException(Id, $"gives {outputs[0].Length / given} numbers a crop, its manifest promises {Dimension}");
            float[] values = outputs[0][..(rows * Dimension)].ToArray();
            if (outputs.Count > 1)
                Scale(values, outputs[1]);
            return values;
        });
        result.CopyTo(vectors);
    }

    private void Scale(Span<float> vectors, ReadOnlySpan<float> norms)
    {
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] *= norms[i / Dimension];
    }

    private string[] Bind(NetworkSignature signature)
    {
        ImageInput input = signature.RequireImage(Id, _side, _side);
        _fixedBatch = Math.Max(0, input.Batch);
        return
        [
            .. _promised
                .Where(output => output.Value.Role == EmbeddingRole)
                .Concat(_promised.Where(output => output.Value.Role == NormRole))
                .Where(output => output.Value.Optional != true || OutputBinding.Has(signature, output.Key, output.Value))
                .Select(output => OutputBinding.Find(Id, signature, output.Key, output.Value)),
        ];
    }

    private void Fill(AlignedFace face, Span<float> input)
    {
        if (face.Size != _side)
            throw new ModelException(Id, $"takes crops of {_side} x {_side} pixels, got {face.Size} x {face.Size}");
        int crop = 3 * _side * _side;
        AreaResampler.Resize(face.Pixels, 0, 0, _side, _side, _side, _side, _layout, input[..crop]);
        if (!_options.Flip)
            return;
        input[..crop].CopyTo(input[crop..]);
        for (int row = 0; row < 3 * _side; row++)
            input.Slice(crop + row * _side, _side).Reverse();
    }

    private float[] Sum(float[] vectors, int views)
    {
        if (views == 1)
            return vectors;
        float[] sums = new float[vectors.Length / views];
        for (int i = 0; i < sums.Length; i++)
        {
            int face = i / Dimension,
                component = i % Dimension;
            sums[i] = vectors[face * views * Dimension + component] + vectors[(face * views + 1) * Dimension + component];
        }
        return sums;
    }

    private FaceEmbedding Normalize(ReadOnlySpan<float> sum, int views)
    {
        double squares = 0;
        foreach (float x in sum)
            squares += (double)x * x;
        double length = Math.Sqrt(squares);
        if (!double.IsFinite(length) || length == 0)
            throw new ModelException(Id, "gave a vector without a direction; the file may be damaged");
        float[] unit = new float[sum.Length];
        for (int i = 0; i < unit.Length; i++)
            unit[i] = (float)(sum[i] / length);
        return new(unit, (float)(length / views), Id, Contract) { Baseline = _cohort.Value?.BaselineOf(unit) };
    }
}
