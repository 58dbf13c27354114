using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Semblance.Alignment;
using Semblance.Attributes;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Models;

namespace Semblance;

/// <summary>
/// The whole line from a photograph to answers: detection, alignment, embedding, quality, verification. Thread-safe: make one and share it.
/// Networks are loaded when they are first needed.
/// </summary>
public sealed class FaceAnalyzer : IDisposable
{
    private readonly FaceAnalyzerParts _parts;

    internal FaceAnalyzer(FaceAnalyzerParts parts) => _parts = parts;

    /// <summary>The detector in use.</summary>
    public IFaceDetector Detector => _parts.Detector;

    /// <summary>Cuts crops for the embedder.</summary>
    public FaceAligner Aligner => _parts.Aligner;

    /// <summary>The embedder in use.</summary>
    public IFaceEmbedder Embedder => _parts.Embedder;

    /// <summary>Decides on pairs of embeddings.</summary>
    public FaceMatcher Matcher => _parts.Matcher;

    /// <summary>An analyzer with the default pack on the processor.</summary>
    /// <exception cref="ModelException">The pack is not beside the program.</exception>
    public static FaceAnalyzer CreateDefault() => CreateBuilder().Build();

    /// <summary>Starts the configuration of an analyzer.</summary>
    public static FaceAnalyzerBuilder CreateBuilder() => new();

    /// <summary>Analyses a file.</summary>
    /// <param name="path">JPEG, PNG, WebP, BMP or GIF.</param>
    /// <param name="features">What to find out beyond where the faces are.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="ImageFormatException">The file is no image that can be read.</exception>
    /// <exception cref="ImageTooLargeException">More pixels than the limit.</exception>
    public Task<ImageAnalysis> AnalyzeAsync(
        string path,
        FaceFeatures features = FaceFeatures.Quality,
        CancellationToken cancellationToken = default
    ) => Task.Run(() => AnalyzeFile(path, features, cancellationToken), cancellationToken);

    /// <summary>Analyses an image in memory.</summary>
    /// <inheritdoc cref="AnalyzeAsync(string, FaceFeatures, CancellationToken)"/>
    public Task<ImageAnalysis> AnalyzeAsync(
        FaceImage image,
        FaceFeatures features = FaceFeatures.Quality,
        CancellationToken cancellationToken = default
    ) => Task.Run(() => Analyze(image, features, cancellationToken), cancellationToken);

    /// <summary>Analyses an image in memory on the calling thread.</summary>
    /// <inheritdoc cref="AnalyzeAsync(string, FaceFeatures, CancellationToken)"/>
    public ImageAnalysis Analyze(
        FaceImage image,
        FaceFeatures features = FaceFeatures.Quality,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ImagePipeline(_parts).Run(image, features, chooseFaces: null, cancellationToken);
    }

    /// <summary>
    /// Analyses many files with all cores busy and bounded memory. An image that fails gives a result with
    /// <see cref="ImageAnalysis.Error"/>;
    /// the others go on. Results come in the order of the files.
    /// </summary>
    /// <param name="paths">Files; read lazily.</param>
    /// <param name="features">What to find out beyond where the faces are.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async IAsyncEnumerable<ImageAnalysis> AnalyzeManyAsync(
        IEnumerable<string> paths,
        FaceFeatures features = FaceFeatures.Quality,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The bound of the channel is the bound on images in memory: one in each worker's hands.
        var running = Channel.CreateBounded<Task<ImageAnalysis>>(Math.Max(1, _parts.Threads));
        Task producer = Task.Run(() => StartAll(paths, features, running.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (Task<ImageAnalysis> item in running.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return await item.ConfigureAwait(false);
            await producer.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Compares the faces of two files.</summary>
    /// <param name="pathA">First picture.</param>
    /// <param name="pathB">Second picture.</param>
    /// <param name="options">Rate or threshold, metric, which face.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="NoFaceException">A picture has no face.</exception>
    /// <exception cref="SeveralFacesException">One face was asked for and there are more.</exception>
    /// <exception cref="UnsupportedRateException">The embedder's calibration does not support the rate.</exception>
    public Task<VerificationResult> VerifyAsync(
        string pathA,
        string pathB,
        VerificationOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Task.Run(
            () =>
            {
                using var a = FaceImage.FromFile(pathA, _parts.Decoding);
                using var b = FaceImage.FromFile(pathB, _parts.Decoding);
                return Verify(a, b, options, cancellationToken);
            },
            cancellationToken
        );

    /// <summary>Compares the faces of two images in memory on the calling thread.</summary>
    /// <inheritdoc cref="VerifyAsync(string, string, VerificationOptions?, CancellationToken)"/>
    public VerificationResult Verify(
        FaceImage a,
        FaceImage b,
        VerificationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new FaceVerification(_parts, options ?? VerificationOptions.Default).Run(a, b, cancellationToken);
    }

    /// <summary>The embedding of the chosen face of an image: what <see cref="Verify"/> compares.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="choice">Which face; <see cref="FaceChoice.All"/> is not possible here.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <returns>The face with its embedding, or null when there is no face.</returns>
    public AnalyzedFace? EmbedChosen(FaceImage image, FaceChoice choice, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        FaceSelection selection = new(choice);
        ImageAnalysis analysis = new ImagePipeline(_parts).Run(image, FaceFeatures.Embedding, selection.Choose, cancellationToken);
        return analysis.Faces!.FirstOrDefault(face => face.Embedding is not null);
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

    /// <summary>Loads all networks now instead of at the first image.</summary>
    public void Warm() => _parts.Warm();

    /// <inheritdoc/>
    public void Dispose() => _parts.Dispose();

    private ImageAnalysis AnalyzeFile(string path, FaceFeatures features, CancellationToken cancellationToken)
    {
        using var image = FaceImage.FromFile(path, _parts.Decoding);
        return Analyze(image, features, cancellationToken);
    }

    private async Task StartAll(
        IEnumerable<string> paths,
        FaceFeatures features,
        ChannelWriter<Task<ImageAnalysis>> running,
        CancellationToken stop
    )
    {
        try
        {
            using SemaphoreSlim workers = new(Math.Max(1, _parts.Threads));
            List<Task> started = [];
            foreach (string path in paths)
            {
                await workers.WaitAsync(stop).ConfigureAwait(false);
                Task<ImageAnalysis> task = Task.Run(
                    () =>
                    {
                        try
                        {
                            return AnalyzeOrFail(path, features, stop);
                        }
                        finally
                        {
                            workers.Release();
                        }
                    },
                    CancellationToken.None
                );
                started.RemoveAll(t => t.IsCompleted);
                started.Add(task);
                await running.WriteAsync(task, stop).ConfigureAwait(false);
            }
            await Task.WhenAll(started).ConfigureAwait(false);
            running.Complete();
        }
        catch (Exception e)
        {
            running.Complete(e);
        }
    }

    private ImageAnalysis AnalyzeOrFail(string path, FaceFeatures features, CancellationToken stop)
    {
        try
        {
            return AnalyzeFile(path, features, stop);
        }
        catch (Exception e) when (e is SemblanceException or IOException or UnauthorizedAccessException)
        {
            return ImageAnalysis.Failed(path, e);
        }
    }
}
