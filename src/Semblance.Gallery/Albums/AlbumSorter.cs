using System.Globalization;
using Semblance.Caching;
using Semblance.Embedding;
using Semblance.Files;
using Semblance.Gallery.Clustering;
using Semblance.Gallery.Identifying;

namespace Semblance.Gallery.Albums;

/// <summary>Finds out who is on the pictures of an album: people of a gallery by name, others by group. Changes nothing.</summary>
/// <param name="analysis">Finds and embeds the faces; asks for <see cref="Features"/>.</param>
/// <param name="gallery">Who is known; null for nobody.</param>
public sealed class AlbumSorter(CachedAnalysis analysis, IFaceGallery? gallery = null)
{
    /// <summary>What must be found out about the faces of an album.</summary>
    public const FaceFeatures Features = FaceFeatures.Embedding | FaceFeatures.Quality;

    /// <summary>Makes a plan.</summary>
    /// <param name="pictures">The files.</param>
    /// <param name="options">Who gets a folder; null for the default.</param>
    /// <param name="progress">Is told the number of pictures that are done.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Semblance.Matching.UnsupportedRateException">The calibration does not support a rate; told before a picture is
    /// read.</exception>
    public async Task<AlbumPlan> PlanAsync(
        IReadOnlyList<string> pictures,
        AlbumSortOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(pictures);
        options ??= AlbumSortOptions.Default;
        options.Validate();
        FaceClustering clustering = new(analysis.Analyzer.Matcher);
        clustering.Group([], options.Grouping, cancellationToken);
        if (gallery is not null)
            await gallery.IdentifyAsync([], options.Identifying, cancellationToken).ConfigureAwait(false);

        Collected album = await CollectAsync(pictures, options, progress, cancellationToken).ConfigureAwait(false);
        List<(AlbumFolderKind Kind, string Name, Guid? Person, List<AlbumFace> Faces)> people = [];
        List<AlbumFace> unknown = await TakeKnownAsync(album.Faces, people, options, cancellationToken).ConfigureAwait(false);
        if (options.People == AlbumPeople.Everybody)
            foreach (
                FaceCluster cluster in clustering
                    .Group([.. unknown.Select(face => face.Embedding)], options.Grouping, cancellationToken)
                    .Clusters
            )
                people.Add(
                    (
                        AlbumFolderKind.Group,
                        string.Create(CultureInfo.InvariantCulture, $"Person {cluster.Number:000}"),
                        null,
                        [.. cluster.Faces.Select(face => unknown[face])]
                    )
                );
        return new(Folders(people, album, options), album.Failed);
    }

    private async Task<Collected> CollectAsync(
        IReadOnlyList<string> pictures,
        AlbumSortOptions options,
        IProgress<int>? progress,
        CancellationToken cancellationToken
    )
    {
        Collected album = new();
        int done = 0;
        await foreach (ImageAnalysis picture in analysis.RunAsync(pictures, cancellationToken).ConfigureAwait(false))
        {
            int position = done++;
            progress?.Report(done);
            if (picture.Error is not null)
            {
                album.Failed.Add(picture);
                continue;
            }
            album.Pictures.Add((position, picture.Input, picture.Faces!.Count > 0));
            foreach (AnalyzedFace face in picture.Faces!)
                if (face.Embedding is { } embedding && (face.Quality?.Score ?? 1) >= options.MinimumQuality)
                    album.Faces.Add(new(position, embedding));
        }
        return album;
    }

    private async Task<List<AlbumFace>> TakeKnownAsync(
        List<AlbumFace> faces,
        List<(AlbumFolderKind, string, Guid?, List<AlbumFace>)> people,
        AlbumSortOptions options,
        CancellationToken cancellationToken
    )
    {
        if (gallery is null || faces.Count == 0)
            return faces;
        IReadOnlyList<Identification> answers = await gallery
            .IdentifyAsync([.. faces.Select(face => face.Embedding)], options.Identifying, cancellationToken)
            .ConfigureAwait(false);
        var known = faces
            .Select((face, i) => (Face: face, Who: answers[i].Match?.Person))
            .Where(pair => pair.Who is not null)
            .GroupBy(pair => pair.Who!.Id)
            .OrderBy(group => group.First().Who!.Name, StringComparer.Ordinal);
        foreach (var group in known)
            people.Add((AlbumFolderKind.Person, group.First().Who!.Name, group.Key, [.. group.Select(pair => pair.Face)]));
        return [.. faces.Where((_, i) => answers[i].Match is null)];
    }

    private static List<AlbumFolder> Folders(
        List<(AlbumFolderKind Kind, string Name, Guid? Person, List<AlbumFace> Faces)> people,
        Collected album,
        AlbumSortOptions options
    )
    {
        Dictionary<int, string> paths = album.Pictures.ToDictionary(picture => picture.Position, picture => picture.Path);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        HashSet<int> placed = [];
        List<AlbumFolder> folders = [];
        foreach (var (kind, name, person, faces) in people)
        {
            int[] positions = [.. faces.Select(face => face.Picture).Distinct().Order()];
            placed.UnionWith(positions);
            folders.Add(new(Free(name), kind, [.. positions.Select(position => paths[position])]) { PersonId = person });
        }
        Add(
            options.OthersFolder,
            AlbumFolderKind.Others,
            album.Pictures.Where(picture => picture.HasFace && !placed.Contains(picture.Position))
        );
        Add(options.NoFaceFolder, AlbumFolderKind.NoFace, album.Pictures.Where(picture => !picture.HasFace));
        return folders;

        void Add(string name, AlbumFolderKind kind, IEnumerable<(int, string Path, bool)> pictures)
        {
            string[] some = [.. pictures.Select(picture => picture.Path)];
            if (some.Length > 0)
                folders.Add(new(Free(name), kind, some));
        }

        // Two people may have one name, and names that differ in case are one folder on some systems.
        string Free(string wished)
        {
            string name = FileNames.From(wished, "Unnamed"),
                free = name;
            for (int number = 2; !names.Add(free); number++)
                free = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            return free;
        }
    }

    private sealed record AlbumFace(int Picture, FaceEmbedding Embedding);

    private sealed class Collected
    {
        public List<(int Position, string Path, bool HasFace)> Pictures { get; } = [];

        public List<AlbumFace> Faces { get; } = [];

        public List<ImageAnalysis> Failed { get; } = [];
    }
}
