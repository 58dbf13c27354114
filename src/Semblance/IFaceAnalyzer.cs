using Semblance.Alignment;
using Semblance.Detection;
using Semblance.Embedding;
using Semblance.Imaging;
using Semblance.Matching;
using Semblance.Models;

namespace Semblance;

/// <summary>
/// The whole line from pictures to answers: detection, alignment, embedding, quality, attributes, verification. Thread-safe: make one and
/// share it.
/// </summary>
/// <remarks>Overloads for paths, images in memory and features alone stand in <see cref="FaceAnalyzerExtensions"/>.</remarks>
public interface IFaceAnalyzer : IDisposable
{
    /// <summary>The detector in use.</summary>
    IFaceDetector Detector { get; }

    /// <summary>Cuts crops for the embedder.</summary>
    FaceAligner Aligner { get; }

    /// <summary>The embedder in use.</summary>
    IFaceEmbedder Embedder { get; }

    /// <summary>Decides on pairs of embeddings.</summary>
    FaceMatcher Matcher { get; }

    /// <summary>Analyses a picture.</summary>
    /// <param name="item">The picture.</param>
    /// <param name="options">What to find out; null for every face's quality.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="SemblanceException">The picture cannot be opened or analysed.</exception>
    /// <exception cref="ObjectDisposedException">The analyzer was disposed of before the analysis began.</exception>
    Task<ImageAnalysis> AnalyzeAsync(PictureItem item, AnalysisOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Analyses many pictures with all cores busy and bounded memory. A picture that cannot be opened or analysed gives a result with
    /// <see cref="ImageAnalysis.Error"/>; the others go on. Results come in the order of the items.
    /// </summary>
    /// <param name="items">Taken as they are needed, at most twice as many ahead as are worked on at once.</param>
    /// <param name="options">What to find out; null for every face's quality.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>
    /// Whether the enumeration ends, is left early, fails or is cancelled: when it returns nothing that it started is still running, and
    /// images that nobody took are disposed of.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The analyzer was disposed of before all items were analysed.</exception>
    IAsyncEnumerable<ImageAnalysis> AnalyzeManyAsync(
        IAsyncEnumerable<PictureItem> items,
        AnalysisOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Compares the faces of two pictures.</summary>
    /// <param name="a">First picture.</param>
    /// <param name="b">Second picture.</param>
    /// <param name="options">Rate or threshold, metric, which face.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="NoFaceException">A picture has no face.</exception>
    /// <exception cref="SeveralFacesException">One face was asked for and there are more.</exception>
    /// <exception cref="UnsupportedRateException">The embedder's calibration does not support the rate.</exception>
    Task<VerificationResult> VerifyAsync(
        PictureItem a,
        PictureItem b,
        VerificationOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Loads now what would else be loaded by the first picture: the detector's networks and those behind the features.</summary>
    /// <param name="features">What will be asked for.</param>
    /// <param name="cancellationToken">Stops between networks.</param>
    /// <exception cref="ModelException">A network cannot be loaded.</exception>
    Task WarmAsync(FaceFeatures features = FaceFeatures.Quality | FaceFeatures.Embedding, CancellationToken cancellationToken = default);
}
