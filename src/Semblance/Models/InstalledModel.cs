namespace Semblance.Models;

/// <summary>A model on this machine: a folder with <c>model.json</c> and the files that it names.</summary>
/// <param name="Manifest">What is known about it.</param>
/// <param name="Folder">Where it lies.</param>
public sealed record InstalledModel(ModelManifest Manifest, string Folder)
{
    /// <summary>The manifest's file name in every model folder.</summary>
    public const string ManifestName = "model.json";

    /// <summary>The role of the only network of a model that has one.</summary>
    public const string SingleRole = "model";

    /// <summary>Catalogue id.</summary>
    public string Id => Manifest.Id;

    /// <summary>Path of the manifest.</summary>
    public string ManifestPath => Path.Combine(Folder, ManifestName);

    /// <summary>Reads the model of a folder.</summary>
    /// <exception cref="ModelException">The manifest cannot be read.</exception>
    public static InstalledModel Open(string folder) => new(ModelManifest.Read(Path.Combine(folder, ManifestName)), folder);

    /// <summary>Path of one network, whose content is what the manifest says: its hash is compared, and remembered by the file's size and
    /// time.</summary>
    /// <param name="role">Role in <see cref="ModelManifest.Files"/>.</param>
    /// <exception cref="ModelException">The manifest does not name it, or the file is not there, cannot be read, or is another
    /// one.</exception>
    public string PathOf(string role = SingleRole)
    {
        if (!Manifest.Files.TryGetValue(role, out ModelFile? file))
            throw new ModelException(Id, $"its manifest names no file for '{role}', only {string.Join(", ", Manifest.Files.Keys)}");
        string path = Path.Combine(Folder, file.File);
        if (!File.Exists(path))
            throw new ModelException(Id, $"{path} is not there; install the model again");
        try
        {
            if (HashMemory.Default.Of(path).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
                return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Id, $"{path} cannot be read: {e.Message}", e);
        }
        throw new ModelException(Id, $"{path} was altered: it has not the hash that its manifest names; install the model again");
    }

    /// <summary>The roles of the files that are networks.</summary>
    public IEnumerable<string> NetworkRoles => Manifest.Files.Keys.Where(role => role != Embedding.EmbeddingCohort.FileRole);

    /// <summary>Bytes of all files.</summary>
    public long Size => Manifest.Files.Values.Select(f => new FileInfo(Path.Combine(Folder, f.File))).Sum(f => f.Exists ? f.Length : 0);

    /// <summary>Compares every file with the hash in the manifest.</summary>
    /// <returns>The names of files that are missing or differ; empty when all is as it should be.</returns>
    public IReadOnlyList<string> FindAlteredFiles()
    {
        List<string> altered = [];
        foreach (ModelFile file in Manifest.Files.Values)
        {
            string path = Path.Combine(Folder, file.File);
            if (!File.Exists(path) || !FileHash.Of(path).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
                altered.Add(file.File);
        }
        return altered;
    }
}
