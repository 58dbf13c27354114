using System.Formats.Tar;
using Semblance.Files;
using Semblance.Training.Identity;

namespace Semblance.Training.Attributes.Data;

/// <summary>The files of a data set: a folder, or a <c>.tar</c> that is read as it is. Names use <c>/</c>.</summary>
internal sealed class ImageArchive
{
    private readonly string _path;
    private readonly Dictionary<string, byte[]>? _entries;

    private ImageArchive(string path, Dictionary<string, byte[]>? entries) => (_path, _entries) = (path, entries);

    /// <summary>The folder or archive.</summary>
    public string Path => _path;

    /// <summary>Opens a folder or an archive.</summary>
    /// <exception cref="TrainingException">There is none, or it cannot be read.</exception>
    public static ImageArchive Open(string path)
    {
        if (Directory.Exists(path))
            return new(path, null);
        if (!File.Exists(path))
            throw new TrainingException($"{path}: no such folder or .tar archive");
        try
        {
            return new(path, ReadTar(path));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: cannot be read as a .tar archive: {e.Message}", e);
        }
    }

    /// <summary>The names of all files, in order.</summary>
    /// <exception cref="TrainingException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Names
    {
        get
        {
            if (_entries is not null)
                return [.. _entries.Keys.Order(StringComparer.Ordinal)];
            try
            {
                return
                [
                    .. FolderFiles
                        .List(_path, FolderFiles.AnyDepth)
                        .Select(file => System.IO.Path.GetRelativePath(_path, file).Replace(System.IO.Path.DirectorySeparatorChar, '/'))
                        .Order(StringComparer.Ordinal),
                ];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new TrainingException($"{_path}: cannot be read: {e.Message}", e);
            }
        }
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="TrainingException">It is not there or cannot be read.</exception>
    public byte[] Read(string name)
    {
        if (_entries is not null)
            return _entries.TryGetValue(name, out byte[]? bytes) ? bytes : throw new TrainingException($"{_path}: holds no {name}");
        try
        {
            return RegularFile.ReadAllBytes(System.IO.Path.Combine(_path, name), FaceSample.LargestFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{System.IO.Path.Combine(_path, name)}: cannot be read: {e.Message}", e);
        }
    }

    private static Dictionary<string, byte[]> ReadTar(string path)
    {
        Dictionary<string, byte[]> entries = [];
        using FileStream file = RegularFile.Open(path);
        using TarReader tar = new(file);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null)
                continue;
            byte[] content = new byte[entry.DataStream.Length];
            entry.DataStream.ReadExactly(content);
            entries[entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name] = content;
        }
        return entries;
    }
}
