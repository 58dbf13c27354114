using System.Runtime.InteropServices;
using Semblance.Embedding;
using Semblance.Gallery.Privacy;
using Semblance.Writing;

namespace Semblance.Gallery.Clustering;

/// <summary>Where results are written until they are whole: a folder inside the one they are for, gone afterwards.</summary>
internal sealed class ClusterStaging : IDisposable
{
    private readonly ClusterFolder _folder;
    private readonly string _staging;
    private readonly HashSet<string> _earlier;
    private readonly List<string> _written = [];

    private ClusterStaging(ClusterFolder folder, IEnumerable<string> earlier)
    {
        _folder = folder;
        _earlier = [.. earlier];
        _staging = folder.PathOf($".unfinished-{Guid.NewGuid():N}");
        PrivateFiles.CreateFolder(_folder.Root);
        PrivateFiles.CreateFolder(Path.Combine(_staging, ClusterFolder.CropFolder));
    }

    /// <summary>Prepares a folder.</summary>
    /// <exception cref="GalleryConflictException">It holds something that is not to be replaced; nothing was touched.</exception>
    public static ClusterStaging In(ClusterFolder folder, EarlierResults rule)
    {
        if (!Directory.Exists(folder.Root) || !Directory.EnumerateFileSystemEntries(folder.Root).Any())
            return new(folder, []);
        ClustersDocument? document = folder.Find();
        if (document is null)
            throw new GalleryConflictException(
                $"{folder.Root} holds files that are no results of a clustering, and nothing of them was touched; name a new "
                    + $"or an empty folder"
            );
        if (rule == EarlierResults.Keep)
            throw new GalleryConflictException(
                $"{folder.Root} holds the results of an earlier clustering, and nothing of them was touched; ask for them to be "
                    + $"replaced, or name another folder"
            );
        return new(folder, ClusterFolder.FilesOf(document));
    }

    /// <summary>Writes a file.</summary>
    /// <param name="relative">Its name in the folder.</param>
    /// <param name="write">Gets the path to write to, where nothing is.</param>
    public void Write(string relative, Action<string> write)
    {
        write(PathOf(relative));
        _written.Add(relative);
    }

    /// <summary>Where a file lies for now.</summary>
    public string PathOf(string relative) => Path.Combine(_staging, relative);

    public void WriteVectors(IReadOnlyList<FaceEmbedding> faces) => Write(ClusterFolder.Vectors, path =>
        {
            using FileStream file = PrivateFiles.Create(path);
            file.Write(NumPyHeader.OfFloats(faces.Count, faces.Count == 0 ? 0 : faces[0].Dimension));
            foreach (FaceEmbedding face in faces)
                file.Write(MemoryMarshal.AsBytes(face.Vector.Span));
        });

    /// <summary>Puts everything into its place, in the place of what the earlier document listed; the document last.</summary>
    /// <returns>The document with the list of files.</returns>
    /// <exception cref="GalleryConflictException">A file that is not listed stands where one must go; nothing was touched.</exception>
    public ClustersDocument Finish(ClustersDocument document)
    {
        document = document with { Files = [.. _written, ClusterFolder.Document] };
        foreach (string relative in document.Files)
            if (!_earlier.Contains(relative) && Path.Exists(_folder.PathOf(relative)))
                throw new GalleryConflictException(
                    $"{_folder.PathOf(relative)} is in the way and was not made by a clustering; nothing was touched. Move "
                        + $"it, or name another folder"
                );
        foreach (string relative in _earlier)
            File.Delete(_folder.PathOf(relative));
        PrivateFiles.CreateFolder(_folder.PathOf(ClusterFolder.CropFolder));
        foreach (string relative in _written)
            File.Move(PathOf(relative), _folder.PathOf(relative), overwrite: false);
        _folder.Write(document);
        return document;
    }

    public void Dispose()
    {
        if (Directory.Exists(_staging))
            Directory.Delete(_staging, recursive: true);
    }
}
