using Semblance.Files;

namespace Semblance.Training.Identity;

/// <summary>Pictures and who is on them.</summary>
/// <param name="Source">Where they come from, for messages.</param>
/// <param name="Names">Names of the people, by index.</param>
/// <param name="Samples">The pictures.</param>
internal sealed record IdentitySet(string Source, IReadOnlyList<string> Names, IReadOnlyList<FaceSample> Samples)
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp"];

    /// <summary>Opens a folder with a folder for every person, a CSV with <c>file,identity</c>, or an InsightFace <c>.rec</c> file with its
    /// <c>.idx</c> beside it.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="images">For a CSV: the folder that its files are relative to; null for the CSV's own.</param>
    /// <exception cref="TrainingException">It is not there, empty, or damaged.</exception>
    public static IdentitySet Open(string path, string? images = null)
    {
        if (Directory.Exists(path))
            return OfFolder(path);
        if (!File.Exists(path))
            throw new TrainingException($"{path}: no such folder or file of faces");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => IdentityCsv.Read(path, images ?? Path.GetDirectoryName(Path.GetFullPath(path))!),
            ".rec" => RecordSet.Open(path),
            string other => throw new TrainingException(
                $"{path}: '{other}' is no format of faces; known are a folder with a folder for every person, .csv with file,identity, "
                    + $"and .rec"
            ),
        };
    }

    /// <summary>Pictures below a folder, in the order of their names.</summary>
    public static IEnumerable<string> PicturesBelow(string folder) => FolderFiles.List(folder, FolderFiles.AnyDepth).Where(IsPicture);

    private static IdentitySet OfFolder(string folder)
    {
        IReadOnlyList<(string Folder, IReadOnlyList<string> Files)> people = FolderFiles.ListEach(folder);
        if (people.Count == 0)
            throw new TrainingException($"{folder}: holds no folders; a folder for every person with pictures in it is expected");
        FaceSample[] samples =
        [
            .. people.SelectMany((person, index) => person.Files.Where(IsPicture).Select(file => FaceSample.OfFile(file, index))),
        ];
        if (samples.Length == 0)
            throw new TrainingException($"{folder}: none of its {people.Count} folders holds a picture ({string.Join(", ", Extensions)})");
        return new(folder, [.. people.Select(person => Path.GetFileName(person.Folder))], samples);
    }

    private static bool IsPicture(string file) => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant());
}
