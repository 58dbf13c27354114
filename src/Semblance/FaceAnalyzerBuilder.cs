using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance;

/// <summary>
/// Puts analyzers together. Not thread-safe; the analyzers that come out are. An analyzer that was built stays as it is, whatever the
/// builder is told afterwards.
/// </summary>
public sealed class FaceAnalyzerBuilder
{
    private readonly FaceAnalyzerOptions _options = new();
    private readonly List<string> _attributeModels = [];
    private readonly Dictionary<ModelKind, IFaceAttributeModel> _ownAttributes = [];
    private IFaceDetector? _detector;
    private IFaceEmbedder? _embedder;
    private ILoggerFactory _loggers = NullLoggerFactory.Instance;

    /// <summary>Takes a detector of the catalogue, e.g. <c>retinaface-wider</c>.</summary>
    public FaceAnalyzerBuilder UseDetector(string id)
    {
        (_detector, _options.Detector) = (null, id);
        return this;
    }

    /// <summary>Takes a detector of your own; the analyzer disposes it.</summary>
    public FaceAnalyzerBuilder UseDetector(IFaceDetector detector)
    {
        ArgumentNullException.ThrowIfNull(detector);
        (_detector, _options.Detector) = (detector, detector.Id);
        return this;
    }

    /// <summary>Takes an embedder of the catalogue, e.g. <c>mobilefacenet-512</c>.</summary>
    public FaceAnalyzerBuilder UseEmbedder(string id)
    {
        (_embedder, _options.Embedder) = (null, id);
        return this;
    }

    /// <summary>Takes an embedder of your own; the analyzer disposes it.</summary>
    public FaceAnalyzerBuilder UseEmbedder(IFaceEmbedder embedder)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        (_embedder, _options.Embedder) = (embedder, embedder.Id);
        return this;
    }

    /// <summary>Averages every embedding with that of the mirrored crop: slower, a little more exact, another contract.</summary>
    public FaceAnalyzerBuilder UseEmbedding(EmbeddingOptions options)
    {
        _options.Embedding = options;
        return this;
    }

    /// <summary>
    /// Takes models of the catalogue for attributes, e.g. <c>fairface</c>: each for all that it gives, later ones before earlier ones. The
    /// words <c>age</c>, <c>gender</c> and <c>emotion</c> stand for the default model of each. Nothing is computed until it is asked for.
    /// </summary>
    public FaceAnalyzerBuilder UseAttributes(params IReadOnlyList<string> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        _attributeModels.AddRange(models);
        return this;
    }

    /// <summary>Says which answer of an attribute model counts.</summary>
    public FaceAnalyzerBuilder UseAttributes(AttributeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options.Attributes = options;
        return this;
    }

    /// <summary>Takes an attribute model of your own for all that it gives; the analyzer disposes it.</summary>
    public FaceAnalyzerBuilder UseAttributes(IFaceAttributeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (ModelKind kind in model.Kinds)
            _ownAttributes[kind] = model;
        return this;
    }

    /// <summary>What the detector looks for.</summary>
    public FaceAnalyzerBuilder UseDetection(DetectionOptions options)
    {
        _options.Detection = options;
        return this;
    }

    /// <summary>Refuses pictures of which more faces would be described: each costs time and memory. By default there is no
    /// limit.</summary>
    /// <param name="faces">1 or more.</param>
    public FaceAnalyzerBuilder LimitFaces(int faces)
    {
        _options.FaceLimit = faces;
        return this;
    }

    /// <summary>How images are read.</summary>
    public FaceAnalyzerBuilder UseDecoding(ImageDecodingOptions options)
    {
        _options.Decoding = options;
        return this;
    }

    /// <summary>Where networks run and on how many threads.</summary>
    public FaceAnalyzerBuilder UseExecution(ExecutionProvider provider, int? threads = null) =>
        UseExecution(_options.Execution with { Provider = provider, Threads = threads ?? _options.Execution.Threads });

    /// <summary>Where networks run and on how many threads.</summary>
    public FaceAnalyzerBuilder UseExecution(ExecutionOptions execution)
    {
        _options.Execution = execution;
        return this;
    }

    /// <summary>How crops are cut. Anything but the default makes another contract.</summary>
    public FaceAnalyzerBuilder UseAlignment(AlignmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options.Alignment = options;
        return this;
    }

    /// <summary>Where the analyzer says what it does: what each picture took, at level Debug, and failures of batches, at level
    /// Warning.</summary>
    public FaceAnalyzerBuilder UseLogging(ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        _loggers = loggers;
        return this;
    }

    /// <summary>The folders where models are looked up; default <see cref="ModelCatalog.Default"/>.</summary>
    public FaceAnalyzerBuilder UseCatalog(ModelCatalog catalog)
    {
        _options.Catalog = catalog;
        return this;
    }

    /// <summary>Takes only models whose terms permit commercial use: what is named must be one of them, and what is asked for by default
    /// too.</summary>
    public FaceAnalyzerBuilder CommercialUseOnly()
    {
        _options.Use = ModelUse.Commercial;
        return this;
    }

    /// <summary>Creates a builder with the default settings.</summary>
    public FaceAnalyzerBuilder() { }

    /// <summary>Creates a builder with settings, which it copies.</summary>
    /// <param name="options">The settings.</param>
    public FaceAnalyzerBuilder(FaceAnalyzerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Copy();
    }

    /// <summary>Builds the analyzer. Models are looked up now, networks are loaded when they are first needed.</summary>
    /// <exception cref="ModelException">A model is not installed, or its manifest is wrong.</exception>
    /// <exception cref="InvalidOptionsException">Options are wrong; all of them are named.</exception>
    /// <exception cref="ExecutionProviderException">The processor asked for is not there.</exception>
    public FaceAnalyzer Build()
    {
        FaceAnalyzerOptions options = _options.Copy();
        options.Validate();
        options.Catalog = options.Catalog.For(options.Use);
        ExecutionProviders.Require(options.Execution.Provider);
        string detector = options.Detector ?? FaceDetectors.DefaultIn(options.Catalog);
        (IFaceDetector? ownDetector, IFaceEmbedder? ownEmbedder) = (_detector, _embedder);
        InstalledModel? embedder = ownEmbedder is null ? options.Catalog.Find(options.Embedder, ModelKind.Embedder) : null;
        ModelCalibration? calibration = embedder is null || options.Embedding.Flip ? null : embedder.Manifest.Calibration;
        string contract = ownEmbedder?.Contract ?? OnnxFaceEmbedder.ContractOf(embedder!.Manifest, options.Alignment, options.Embedding);
        Lazy<IFaceEmbedder> line = new(() =>
            ownEmbedder ?? new OnnxFaceEmbedder(embedder!, options.Alignment, options.Embedding, options.Execution)
        );
        return new(
            new(
                ownDetector is null ? FaceDetectors.Resolve(detector, options.Catalog, options.Execution) : () => ownDetector,
                line,
                () =>
                    new FaceMatcher(
                        ownEmbedder?.Id ?? embedder!.Id,
                        contract,
                        calibration,
                        calibration is null ? null : EmbeddingCohort.Of(embedder!)
                    ),
                MakeAttributes(options, line),
                options,
                _loggers.CreateLogger<FaceAnalyzer>()
            )
        );
    }

    /// <summary>Models that are named are looked up now; the defaults only when they are asked, so that an analyzer without the pack's
    /// attributes works.</summary>
    private AttributeStage MakeAttributes(FaceAnalyzerOptions options, Lazy<IFaceEmbedder> line)
    {
        AttributeEmbedders embedders = new(() => line.Value, options.Catalog, options.Execution);
        Dictionary<string, Lazy<IFaceAttributeModel>> made = [];
        Lazy<IFaceAttributeModel> Named(string id) =>
            made.TryGetValue(id, out Lazy<IFaceAttributeModel>? model)
                ? model
                : made[id] = new(() =>
                    FaceAttributeModels.Create(options.Catalog.Find(id), options.Attributes, options.Execution, embedders, null)
                );

        Dictionary<ModelKind, Lazy<IFaceAttributeModel>> models = options.AttributeModels.ToDictionary(
            entry => entry.Key,
            entry => Named(entry.Value)
        );
        foreach (string name in _attributeModels)
        {
            if (Enum.TryParse(name, ignoreCase: true, out ModelKind word) && models.ContainsKey(word))
                models[word] = Named(FaceAttributeModels.DefaultFor(word));
            else
                foreach (ModelKind kind in options.Catalog.Find(name).Manifest.Kinds.Where(models.ContainsKey).ToArray())
                    models[kind] = Named(name);
        }
        foreach ((ModelKind kind, IFaceAttributeModel own) in _ownAttributes)
            models[kind] = new(() => own);
        foreach (Lazy<IFaceAttributeModel> own in models.Where(model => _ownAttributes.ContainsKey(model.Key)).Select(model => model.Value))
            _ = own.Value;
        return new(models, embedders);
    }
}
