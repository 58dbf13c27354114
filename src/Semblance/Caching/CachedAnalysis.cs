using System.Runtime.CompilerServices;
using Semblance.Imaging;

namespace Semblance.Caching;

/// <summary>Analyses files, those alone that no cache knows. Not for several enumerations at once.</summary>
/// <param name="analyzer">Finds and describes the faces.</param>
/// <param name="options">What to find out; images are not kept.</param>
/// <param name="cache">Where results are kept; null keeps none.</param>
public sealed class CachedAnalysis(IFaceAnalyzer analyzer, AnalysisOptions options, AnalysisCache? cache)
{
    private readonly ResultMaker _maker = ResultMaker.OfPictures(analyzer, options);

    /// <summary>The analyzer.</summary>
    public IFaceAnalyzer Analyzer => analyzer;

    /// <summary>Pictures that the cache knew so far.</summary>
    public int Known { get; private set; }

    /// <summary>Analyses files, in their order; one that fails gives a result with an error.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops the work; what was analysed is kept.</param>
    public async IAsyncEnumerable<ImageAnalysis> RunAsync(
        IReadOnlyList<string> paths,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        ImageAnalysis?[] known = [.. paths.Select(path => cache?.Find(path, _maker))];
        Known += known.Count(analysis => analysis is not null);
        IAsyncEnumerator<ImageAnalysis> others = analyzer
            .AnalyzeManyAsync(
                paths.Where((_, i) => known[i] is null).Select(PictureItem.FromFile),
                options with
                {
                    KeepImage = false,
                },
                cancellationToken
            )
            .GetAsyncEnumerator(cancellationToken);
        await using (others.ConfigureAwait(false))
        {
            for (int i = 0; i < paths.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (known[i] is { } found)
                {
                    yield return found;
                    continue;
                }
                if (!await others.MoveNextAsync().ConfigureAwait(false))
                    throw new InvalidOperationException("fewer results than pictures");
                cache?.Keep(paths[i], _maker, others.Current);
                yield return others.Current;
            }
        }
    }
}
