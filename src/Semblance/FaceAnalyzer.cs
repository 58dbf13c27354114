using System.Diagnostics;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Diagnostics;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Models;
using Semblance.Runtime;

namespace Semblance;

/// <summary>The analyzer of this library: models of the catalogue or your own, put together by <see cref="FaceAnalyzerBuilder"/>.</summary>
/// <remarks>
/// Networks are loaded when they are first needed, or by <see cref="WarmAsync"/>. <see cref="Dispose"/> waits for the analyses that are
/// under way, on whatever threads they are, and later ones get an <see cref="ObjectDisposedException"/>; do not call it from within one.
/// </remarks>
public sealed class FaceAnalyzer : IFaceAnalyzer
{
    private readonly FaceAnalyzerParts _parts;
    private readonly Lease _lease;

    internal FaceAnalyzer(FaceAnalyzerParts parts) => (_parts, _lease) = (parts, new(this));

    /// <inheritdoc/>
    public IFaceDetector Detector => _parts.Detector;

    /// <inheritdoc/>
    public FaceAligner Aligner => _parts.Aligner;

    /// <inheritdoc/>
    public IFaceEmbedder Embedder => _parts.Embedder;

    /// <inheritdoc/>
    public FaceMatcher Matcher => _parts.Matcher;

    /// <summary>What it is made of.</summary>
    internal FaceAnalyzerParts Parts => _parts;

    /// <summary>An analyzer with the default pack on the processor.</summary>
    /// <exception cref="ModelException">The pack is not beside the program.</exception>
    public static FaceAnalyzer CreateDefault() => CreateBuilder().Build();

    /// <summary>Starts the configuration of an analyzer.</summary>
    public static FaceAnalyzerBuilder CreateBuilder() => new();

    /// <inheritdoc/>
    public Task<ImageAnalysis> AnalyzeAsync(
        PictureItem item,
        AnalysisOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(item);
        options ??= AnalysisOptions.Default;
        options.Validate();
        return Task.Run(() => AnalyzeItemAsync(item, options, cancellationToken), cancellationToken);
    }

    /// <summary>Analyses an image in memory on the calling thread; the image stays yours.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">What to find out; null for every face's quality.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public ImageAnalysis Analyze(FaceImage image, AnalysisOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= AnalysisOptions.Default;
        options.Validate();
        ImageAnalysis analysis = Run(image.Name, image, options, cancellationToken);
        return options.KeepImage ? analysis with { Image = image } : analysis;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImageAnalysis> AnalyzeManyAsync(
        IAsyncEnumerable<PictureItem> items,
        AnalysisOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(items);
        options ??= AnalysisOptions.Default;
        options.Validate();
        return OrderedPipeline.RunAsync(
            items,
            _parts.Concurrency,
            (item, stop) => AnalyzeOrFailAsync(item, options, stop),
            analysis => analysis.Dispose(),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task<VerificationResult> VerifyAsync(
        PictureItem a,
        PictureItem b,
        VerificationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        options ??= VerificationOptions.Default;
        options.Validate();
        return Task.Run(() => VerifyItemsAsync(a, b, options, cancellationToken), cancellationToken);
    }

    /// <summary>Compares the faces of two images in memory on the calling thread; the images stay yours.</summary>
    /// <inheritdoc cref="IFaceAnalyzer.VerifyAsync"/>
    public VerificationResult Verify(
        FaceImage a,
        FaceImage b,
        VerificationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        options ??= VerificationOptions.Default;
        options.Validate();
        VerificationResult result = RunVerification((a.Name, a), (b.Name, b), options, null, cancellationToken);
        return options.KeepImages ? result with { A = result.A with { Image = a }, B = result.B with { Image = b } } : result;
    }

    /// <summary>The embedding of the chosen face of an image: what <see cref="Verify"/> compares.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="choice">Which face; <see cref="FaceChoice.All"/> is not possible here.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <returns>The face with its embedding, or null when there is no face.</returns>
    public AnalyzedFace? EmbedChosen(FaceImage image, FaceChoice choice, CancellationToken cancellationToken = default)
    {
        AnalysisOptions options = new() { Features = FaceFeatures.Embedding, FaceChoice = choice };
        return Analyze(image, options, cancellationToken).Faces!.FirstOrDefault(face => face.Embedding is not null);
    }

    /// <summary>The installed models that would be asked for the attributes among the features; models of your own are not among
    /// them.</summary>
    /// <param name="features">What is to be found out.</param>
    /// <exception cref="ModelException">One is not installed.</exception>
    public IReadOnlyList<InstalledModel> AttributeModelsFor(FaceFeatures features) =>
        _parts.Attributes.InstalledFor(features, _parts.Catalog);

    /// <summary>The model that is asked for an attribute; made when first needed, disposed of with the analyzer.</summary>
    /// <param name="kind">Age, gender or emotion.</param>
    /// <exception cref="ModelException">It is not installed, or does not give the attribute.</exception>
    public IFaceAttributeModel AttributeModelFor(ModelKind kind) => _parts.Attributes.For(kind);

    /// <inheritdoc/>
    public Task WarmAsync(
        FaceFeatures features = FaceFeatures.Quality | FaceFeatures.Embedding,
        CancellationToken cancellationToken = default
    ) =>
        Task.Run(
            () =>
            {
                using Lease.Use use = _lease.Begin();
                long start = Stopwatch.GetTimestamp();
                _parts.Warm(features, cancellationToken);
                AnalysisLog.Loaded(_parts.Logger, "networks", Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_lease.End())
            _parts.Dispose();
    }

    private async Task<ImageAnalysis> AnalyzeItemAsync(PictureItem item, AnalysisOptions options, CancellationToken cancellationToken)
    {
        FaceImage image = await item.OpenAsync(_parts.Decoding, cancellationToken).ConfigureAwait(false);
        FaceImage? owned = item.IsLent ? null : image;
        try
        {
            ImageAnalysis analysis = Run(item.Name, image, options, cancellationToken);
            if (!options.KeepImage)
                return analysis;
            analysis = analysis with { Image = image, OwnedImage = owned };
            owned = null;
            return analysis;
        }
        finally
        {
            owned?.Dispose();
        }
    }

    private async Task<ImageAnalysis> AnalyzeOrFailAsync(PictureItem item, AnalysisOptions options, CancellationToken stop)
    {
        try
        {
            return await AnalyzeItemAsync(item, options, stop).ConfigureAwait(false);
        }
        // A library that the program lacks is no fault of a picture.
        catch (Exception e) when (e is (SemblanceException or IOException or UnauthorizedAccessException) and not NativeLibraryException)
        {
            ImageAnalysis failed = ImageAnalysis.Failed(item.Name, e);
            SemblanceDiagnostics.CountFailed(failed.Error!.Code);
            AnalysisLog.Failed(_parts.Logger, failed.Error.Message, e);
            return failed;
        }
    }

    private async Task<VerificationResult> VerifyItemsAsync(
        PictureItem a,
        PictureItem b,
        VerificationOptions options,
        CancellationToken cancellationToken
    )
    {
        FaceImage? ownedA = null,
            ownedB = null;
        try
        {
            FaceImage imageA = await OpenAsync(a).ConfigureAwait(false);
            ownedA = a.IsLent ? null : imageA;
            FaceImage imageB = await OpenAsync(b).ConfigureAwait(false);
            ownedB = b.IsLent ? null : imageB;
            // So that the pixels of one picture alone are held.
            Action? seen = options.KeepImages || ReferenceEquals(imageA, imageB) ? null : () => ownedA?.Dispose();
            VerificationResult result = RunVerification((a.Name, imageA), (b.Name, imageB), options, seen, cancellationToken);
            if (!options.KeepImages)
                return result;
            result = result with
            {
                A = result.A with { Image = imageA, OwnedImage = ownedA },
                B = result.B with { Image = imageB, OwnedImage = ownedB },
            };
            (ownedA, ownedB) = (null, null);
            return result;
        }
        finally
        {
            ownedA?.Dispose();
            ownedB?.Dispose();
        }

        ValueTask<FaceImage> OpenAsync(PictureItem picture) => picture.OpenAsync(_parts.Decoding, cancellationToken);
    }

    private ImageAnalysis Run(string name, FaceImage image, AnalysisOptions options, CancellationToken cancellationToken)
    {
        using Lease.Use use = _lease.Begin();
        return new ImagePipeline(_parts).Run(name, image, options, cancellationToken);
    }

    private VerificationResult RunVerification(
        (string Name, FaceImage Image) a,
        (string Name, FaceImage Image) b,
        VerificationOptions options,
        Action? seen,
        CancellationToken cancellationToken
    )
    {
        using Lease.Use use = _lease.Begin();
        return new FaceVerification(_parts, options).Run(a, b, seen, cancellationToken);
    }
}
