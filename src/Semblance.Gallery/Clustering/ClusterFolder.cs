using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Semblance.Files;

namespace Semblance.Gallery.Clustering;

/// <summary>
/// A folder with the result of a clustering: <c>clusters.json</c>, <c>faces.npy</c> (float32 [faces, dimension]), the crops and the contact
/// sheets. All are their owner's alone, and replaced only where an earlier document lists them.
/// </summary>
/// <param name="path">The folder.</param>
public sealed partial class ClusterFolder(string path)
{
    internal const string Document = "clusters.json",
        Vectors = "faces.npy",
        CropFolder = "faces";

    /// <summary>Bytes before the text of a NumPy header (version 1): magic, version, length of the text.</summary>
    private const int HeaderStart = 10;

    private const long LargestDocument = 256 << 20,
        LargestCrop = 4 << 20;

    /// <summary>The folder.</summary>
    public string Root => path;

    /// <summary>A crop's file, relative to the folder, with / as in the document.</summary>
    public static string CropOf(int face) => FormattableString.Invariant($"{CropFolder}/{face:00000}.png");

    /// <summary>A group's contact sheet, relative to the folder.</summary>
    public static string SheetOf(int cluster) => FormattableString.Invariant($"cluster-{cluster:0000}.png");

    /// <summary>A file's path.</summary>
    /// <param name="relative">As in the document.</param>
    public string PathOf(string relative) => Path.Combine(path, relative);

    /// <summary>Whether a name is one that a result is given here.</summary>
    internal static bool IsOwnName(string relative) => relative is Document or Vectors || OwnName().IsMatch(relative);

    /// <summary>What stands in the folder of an earlier clustering; null where there is no document.</summary>
    /// <exception cref="GalleryException">The document cannot be read, or is not one that was written here.</exception>
    public ClustersDocument? Find()
    {
        FileInfo file = new(PathOf(Document));
        if (!file.Exists)
            return null;
        if (file.LinkTarget is not null)
            throw Wrong("it is a link");
        try
        {
            ClustersDocument? document = JsonSerializer.Deserialize(
                RegularFile.ReadAllText(file.FullName, LargestDocument),
                ClustersJson.Default.ClustersDocument
            );
            return ClustersCheck.ProblemOf(document) is { } problem ? throw Wrong(problem) : document;
        }
        catch (JsonException e)
        {
            throw Wrong(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(e.Message, e);
        }
    }

    /// <summary>Files that clustering into this folder would replace: those that the document of an earlier clustering lists.</summary>
    /// <exception cref="GalleryException">The document cannot be read, or is not one that was written here.</exception>
    public IReadOnlyList<string> EarlierFiles() => Find() is { } document ? [.. FilesOf(document).Select(PathOf)] : [];

    /// <summary>What a document lists; one of before lists no files, but says what there are.</summary>
    internal static IEnumerable<string> FilesOf(ClustersDocument document) =>
        document.Files
        ??
        [
            Document,
            Vectors,
            .. document.Clusters.Select(cluster => cluster.Sheet),
            .. document.Clusters.SelectMany(cluster => cluster.Faces).Concat(document.Ungrouped).Select(face => face.Crop),
            .. ClusterSheets.PagesOf("overview", document.Clusters.Count),
            .. ClusterSheets.PagesOf("overview-ungrouped", document.Ungrouped.Count),
        ];

    /// <summary>The document.</summary>
    /// <exception cref="GalleryException">The folder holds none, it cannot be read, or is not one that was written here.</exception>
    public ClustersDocument Read() =>
        Find() ?? throw new GalleryException($"{PathOf(Document)} is not there; clustering pictures into {path} makes it");

    /// <summary>Replaces the document, as when a group has got a name.</summary>
    public void Write(ClustersDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        AtomicFile.WriteAllText(PathOf(Document), document.ToJson(), FileReaders.OwnerAlone);
    }

    /// <summary>The vectors of some rows.</summary>
    /// <exception cref="GalleryException">The file is not the one that belongs to the document.</exception>
    public IReadOnlyList<float[]> ReadVectors(ClustersDocument document, IEnumerable<int> faces)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(faces);
        using FileStream file = OpenOwn(Vectors);
        Span<byte> start = stackalloc byte[HeaderStart];
        if (file.ReadAtLeast(start, HeaderStart, throwOnEndOfStream: false) < HeaderStart)
            throw DoesNotFit();
        long first = HeaderStart + start[8] + (start[9] << 8),
            row = (long)document.Dimension * sizeof(float);
        if (file.Length != first + document.Faces * row)
            throw DoesNotFit();
        List<float[]> vectors = [];
        foreach (int face in faces)
        {
            float[] vector = new float[document.Dimension];
            file.Position = first + face * row;
            file.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
            vectors.Add(vector);
        }
        return vectors;
    }

    /// <summary>A face's crop.</summary>
    /// <exception cref="GalleryException">It is not there, or no crop.</exception>
    public byte[] ReadCrop(ClusteredFace face)
    {
        ArgumentNullException.ThrowIfNull(face);
        using FileStream file = OpenOwn(CropOf(face.Face));
        if (file.Length > LargestCrop)
            throw new GalleryException($"{file.Name} is no crop: {file.Length} bytes");
        byte[] png = new byte[file.Length];
        file.ReadExactly(png);
        _ = Enrolling.CropPng.Decode(png, Guid.Empty);
        return png;
    }

    /// <summary>Opens one of the folder's own files, not what a link in its place leads to.</summary>
    internal FileStream OpenOwn(string relative)
    {
        FileInfo file = new(PathOf(relative));
        // Pipes and devices have no length, and reading them may never end.
        if (!file.Exists || file.LinkTarget is not null || file.Length == 0)
            throw new GalleryException($"{file.FullName} is not there, or no file of its own; cluster the pictures again");
        return file.OpenRead();
    }

    private GalleryException DoesNotFit() => new($"{PathOf(Vectors)} does not fit {Document}; cluster the pictures again");

    private GalleryException Wrong(string why, Exception? inner = null) =>
        new($"{PathOf(Document)} is not a document of a clustering: {why}", inner);

    [GeneratedRegex(
        @"^(faces/[0-9]{5,9}\.png|cluster-[0-9]{4,9}\.png|overview(-ungrouped|-cannot-tell)?(-[0-9]{1,6})?\.png)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex OwnName();
}
