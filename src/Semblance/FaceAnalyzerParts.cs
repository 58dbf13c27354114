using Microsoft.Extensions.Logging;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance;

/// <summary>What an analyzer is made of. Each part is built when it is first needed, so that detecting needs no embedder.</summary>
internal sealed class FaceAnalyzerParts(
    Func<IFaceDetector> detector,
    Lazy<IFaceEmbedder> embedder,
    Func<FaceMatcher> matcher,
    AttributeStage attributes,
    FaceAnalyzerOptions options,
    ILogger logger
) : IDisposable
{
    private readonly Lazy<IFaceDetector> _detector = new(detector);
    private readonly Lazy<FaceMatcher> _matcher = new(matcher);

    public IFaceDetector Detector => _detector.Value;

    public IFaceEmbedder Embedder => embedder.Value;

    public FaceMatcher Matcher => _matcher.Value;

    public FaceAligner Aligner { get; } = new(options.Alignment);

    public DetectionOptions Detection { get; } = options.Detection;

    /// <summary>Faces of one picture that are described at most; null for all.</summary>
    public int? FaceLimit { get; } = options.FaceLimit;

    public ImageDecodingOptions Decoding { get; } = options.Decoding;

    public AttributeStage Attributes { get; } = attributes;

    public ModelCatalog Catalog { get; } = options.Catalog;

    /// <summary>All settings that the parts were made with.</summary>
    public FaceAnalyzerOptions Options { get; } = options;

    /// <summary>Pictures worked on at once.</summary>
    public int Concurrency { get; } = options.Execution.Concurrency ?? options.Execution.Threads;

    public ILogger Logger { get; } = logger;

    public void Warm(FaceFeatures features, CancellationToken cancellationToken)
    {
        (Detector as IWarmable)?.Warm();
        cancellationToken.ThrowIfCancellationRequested();
        if (features.HasFlag(FaceFeatures.Embedding) || (features.HasFlag(FaceFeatures.Quality) && Matcher.Norms is not null))
        {
            (Embedder as IWarmable)?.Warm();
            _ = Matcher;
        }
        Attributes.Warm(features, cancellationToken);
    }

    public void Dispose()
    {
        if (_detector.IsValueCreated)
            Detector.Dispose();
        if (embedder.IsValueCreated)
            Embedder.Dispose();
        Attributes.Dispose();
    }
}
