using System.Formats.Tar;
using Semblance.Files;
using Semblance.Imaging;

namespace Semblance.Evaluation.Running;

/// <summary>The files of a labelled set, in a folder or in a plain tar archive, which is read as it is.</summary>
public sealed class PictureSet
{
    private readonly string _where;
    private readonly IReadOnlyDictionary<string, Func<ReadOnlyMemory<byte>>>? _archive;

    private PictureSet(string where, IReadOnlyDictionary<string, Func<ReadOnlyMemory<byte>>>? archive) =>
        (_where, _archive) = (where, archive);

    /// <summary>Pictures from anywhere.</summary>
    /// <param name="where">What messages call the set.</param>
    /// <param name="pictures">Ways to their bytes, by name.</param>
    public static PictureSet Of(string where, IReadOnlyDictionary<string, Func<ReadOnlyMemory<byte>>> pictures) => new(where, pictures);

    /// <summary>Opens a folder or an archive.</summary>
    /// <param name="path">A folder, or a <c>.tar</c> file, which is held in memory.</param>
    /// <exception cref="EvaluationException">There is no such thing, or it cannot be read.</exception>
    public static PictureSet Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            return new(path, null);
        if (!File.Exists(path))
            throw new EvaluationException($"{path}: no such folder of images");
        try
        {
            using MemoryStream bytes = new(RegularFile.ReadAllBytes(path, LargestFiles.InMemory));
            using TarReader tar = new(bytes);
            Dictionary<string, Func<ReadOnlyMemory<byte>>> entries = [];
            while (tar.GetNextEntry(copyData: true) is { } entry)
            {
                if (entry.DataStream is not { } data)
                    continue;
                using MemoryStream copy = new();
                data.CopyTo(copy);
                byte[] content = copy.ToArray();
                entries[entry.Name] = () => content;
            }
            return new(path, entries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new EvaluationException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Whether a file is in the set.</summary>
    /// <param name="name">Path inside the set, with slashes.</param>
    public bool Contains(string name) => _archive?.ContainsKey(name) ?? File.Exists(Path.Combine(_where, name));

    /// <summary>The pictures of names.</summary>
    /// <param name="names">Paths inside the set.</param>
    /// <exception cref="EvaluationException">Some are not there: a figure over part of a set would be wrong.</exception>
    public IReadOnlyList<EvaluationPicture> Pictures(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] missing = [.. names.Where(name => !Contains(name)).Take(4)];
        if (missing.Length > 0)
            throw new EvaluationException(
                $"{string.Join(", ", missing.Take(3))}{(missing.Length > 3 ? ", …" : "")} not found below {_where}"
            );
        return [.. names.Select(name => new EvaluationPicture(name, () => Bytes(name)))];
    }

    /// <summary>The bytes of a file.</summary>
    /// <param name="name">Path inside the set.</param>
    /// <exception cref="EvaluationException">It is not there or cannot be read.</exception>
    public ReadOnlyMemory<byte> Bytes(string name)
    {
        try
        {
            return _archive is null ? RegularFile.ReadAllBytes(Path.Combine(_where, name), LargestFiles.Picture)
                : _archive.TryGetValue(name, out Func<ReadOnlyMemory<byte>>? read) ? read()
                : throw new EvaluationException($"{name} not found in {_where}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The bytes of a file; null where it is not there or cannot be read, which <see cref="PictureRuns"/> makes an
    /// outcome.</summary>
    internal ReadOnlyMemory<byte>? BytesOrNull(string name)
    {
        try
        {
            return Bytes(name);
        }
        catch (EvaluationException)
        {
            return null;
        }
    }

    /// <summary>Opens a picture; null where it cannot be read, which <see cref="PictureRuns"/> makes an outcome.</summary>
    internal FaceImage? OpenOrNull(string name)
    {
        try
        {
            return BytesOrNull(name) is { } bytes ? FaceImage.FromBytes(bytes, name) : null;
        }
        catch (SemblanceException e) when (e is ImageFormatException or ImageTooLargeException)
        {
            return null;
        }
    }

    /// <summary>A file of the set as one on disk, for readers of labels that take a path; a copy where the set is an archive.</summary>
    /// <param name="name">Path inside the set.</param>
    /// <param name="use">Reads it.</param>
    public T ReadText<T>(string name, Func<string, T> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (_archive is null)
            return use(Path.Combine(_where, name));
        string folder = Directory.CreateTempSubdirectory("semblance-").FullName;
        try
        {
            string path = Path.Combine(folder, Path.GetFileName(name));
            File.WriteAllBytes(path, Bytes(name).ToArray());
            return use(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>All files that end in some way, in order of their names.</summary>
    /// <param name="ending">E.g. <c>.jpg</c>; capitals do not matter.</param>
    public IReadOnlyList<string> Names(string ending)
    {
        IEnumerable<string> all = _archive?.Keys
            ?? FolderFiles.List(_where, FolderFiles.AnyDepth).Select(file => Path.GetRelativePath(_where, file).Replace('\\', '/'));
        return [.. all.Where(name => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }
}
