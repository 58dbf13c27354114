using Semblance.Caching;
using Semblance.Embedding;
using Semblance.Matching;

namespace Semblance.Gallery.Albums;

/// <summary>Finds the pictures of an album that somebody is on.</summary>
/// <param name="analysis">Finds and embeds the faces; asks for <see cref="AlbumSorter.Features"/>.</param>
/// <param name="compare">Compares a face with who is looked for: <see cref="FaceMatcher.Compare"/> with a face of a picture, or
/// <see cref="IFaceGallery.VerifyAsync"/> with a person.</param>
public sealed class AlbumFinder(CachedAnalysis analysis, Func<FaceEmbedding, CancellationToken, ValueTask<MatchDecision>> compare)
{
    /// <summary>Searches.</summary>
    /// <param name="pictures">The files.</param>
    /// <param name="options">How much is given; null for the default.</param>
    /// <param name="progress">Is told the number of pictures that are done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<FindReport> FindAsync(
        IReadOnlyList<string> pictures,
        FindOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(pictures);
        options ??= FindOptions.Default;
        options.Validate();
        List<FoundPicture> found = [];
        List<ImageAnalysis> failed = [];
        int faces = 0,
            done = 0;
        await foreach (ImageAnalysis picture in analysis.RunAsync(pictures, cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(++done);
            if (picture.Error is not null)
            {
                failed.Add(picture);
                continue;
            }
            List<FoundPicture> candidates = [];
            for (int i = 0; i < picture.Faces!.Count; i++)
            {
                AnalyzedFace face = picture.Faces[i];
                if (face.Embedding is not { } embedding || (face.Quality?.Score ?? 1) < options.MinimumQuality)
                    continue;
                faces++;
                candidates.Add(new(picture.Input, i + 1, face.Box, await compare(embedding, cancellationToken).ConfigureAwait(false)));
            }
            if (candidates.MaxBy(candidate => candidate.Decision.Score) is { } best && (best.Decision.Match || options.Top is not null))
                found.Add(best);
        }
        IEnumerable<FoundPicture> ranked = found
            .OrderByDescending(picture => picture.Decision.Match)
            .ThenByDescending(picture => picture.Decision.Score);
        return new([.. options.Top is { } top ? ranked.Take(top) : ranked], pictures.Count - failed.Count, faces, failed);
    }
}
