using Semblance.Imaging;
using Semblance.Matching;

namespace Semblance;

/// <summary>The operations of an analyzer on files and images in memory.</summary>
public static class FaceAnalyzerExtensions
{
    /// <summary>Analyses a file.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="path">JPEG, PNG, WebP, BMP or GIF.</param>
    /// <param name="options">What to find out; null for every face's quality. Features alone convert to options.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="ImageAccessException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="ImageFormatException">The file is no image.</exception>
    /// <exception cref="ImageTooLargeException">More pixels than the limit.</exception>
    public static Task<ImageAnalysis> AnalyzeAsync(
        this IFaceAnalyzer analyzer,
        string path,
        AnalysisOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        return analyzer.AnalyzeAsync(PictureItem.FromFile(path), options, cancellationToken);
    }

    /// <summary>Analyses an image in memory, which stays yours.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="image">The image.</param>
    /// <param name="options">What to find out; null for every face's quality. Features alone convert to options.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    public static Task<ImageAnalysis> AnalyzeAsync(
        this IFaceAnalyzer analyzer,
        FaceImage image,
        AnalysisOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(image);
        return analyzer.AnalyzeAsync(PictureItem.FromImage(image.Name, image), options, cancellationToken);
    }

    /// <summary>Analyses many pictures; see <see cref="IFaceAnalyzer.AnalyzeManyAsync"/>.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="items">Taken as they are needed.</param>
    /// <param name="options">What to find out; null for every face's quality. Features alone convert to options.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IAsyncEnumerable<ImageAnalysis> AnalyzeManyAsync(
        this IFaceAnalyzer analyzer,
        IEnumerable<PictureItem> items,
        AnalysisOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(items);
        return analyzer.AnalyzeManyAsync(items.ToAsyncEnumerable(), options, cancellationToken);
    }

    /// <summary>Analyses many files; see <see cref="IFaceAnalyzer.AnalyzeManyAsync"/>.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="paths">Taken as they are needed.</param>
    /// <param name="options">What to find out; null for every face's quality. Features alone convert to options.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IAsyncEnumerable<ImageAnalysis> AnalyzeManyAsync(
        this IFaceAnalyzer analyzer,
        IEnumerable<string> paths,
        AnalysisOptions? options = null,
        CancellationToken cancellationToken = default
    ) => analyzer.AnalyzeManyAsync(paths.Select(PictureItem.FromFile), options, cancellationToken);

    /// <summary>Compares the faces of two files.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="pathA">First picture.</param>
    /// <param name="pathB">Second picture.</param>
    /// <param name="options">Rate or threshold, metric, which face.</param>
    /// <param name="cancellationToken">Stops between the stages.</param>
    /// <exception cref="NoFaceException">A picture has no face.</exception>
    /// <exception cref="SeveralFacesException">One face was asked for and there are more.</exception>
    /// <exception cref="UnsupportedRateException">The embedder's calibration does not support the rate.</exception>
    public static Task<VerificationResult> VerifyAsync(
        this IFaceAnalyzer analyzer,
        string pathA,
        string pathB,
        VerificationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        return analyzer.VerifyAsync(PictureItem.FromFile(pathA), PictureItem.FromFile(pathB), options, cancellationToken);
    }
}
