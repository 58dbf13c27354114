namespace Semblance.Models;

/// <summary>
/// The user's own models: a folder that models are added to and removed from. A model is put together in a hidden folder beside the others,
/// checked, and
/// then moved into place at once, so that a half model is never seen.
/// </summary>
/// <param name="folder">Made when the first model is added.</param>
public sealed class ModelStore(string folder)
{
    /// <summary>The store in <see cref="ModelCatalog.Home"/>.</summary>
    public static ModelStore Default => new(Path.Combine(ModelCatalog.Home, "models"));

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = folder;

    /// <summary>Adds a model.</summary>
    /// <param name="manifest">What is known about it; its <see cref="ModelManifest.Files"/> are filled in here.</param>
    /// <param name="files">Where the networks lie now, by role.</param>
    /// <param name="options">What may happen to files and models that are there.</param>
    /// <exception cref="ModelException">The id is taken, or the files are not what the manifest promises.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public InstalledModel Add(ModelManifest manifest, IReadOnlyDictionary<string, string> files, ModelStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(files);
        options ??= ModelStoreOptions.Default;
        string place = Path.Combine(Folder, ModelId.Require(manifest.Id));
        if (Directory.Exists(place) && options.Existing == ExistingModel.Refuse)
            throw new ModelException(manifest.Id, $"is there already, in {place}; replace it, remove it first, or take another id");
        string staging = Path.Combine(Folder, $".{manifest.Id}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(staging);
        try
        {
            Dictionary<string, ModelFile> placed = [];
            foreach ((string role, string source) in files)
            {
                string name = role + ".onnx",
                    target = Path.Combine(staging, name);
                if (options.Source == SourceFiles.Move)
                    File.Move(source, target);
                else
                    File.Copy(source, target);
                placed[role] = new(name, FileHash.Of(target));
            }
            (manifest with { Files = placed }).Write(Path.Combine(staging, InstalledModel.ManifestName));
            ModelCheck.Load(InstalledModel.Open(staging));
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
            Directory.Move(staging, place);
            return InstalledModel.Open(place);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>Removes a model and its files.</summary>
    /// <exception cref="ModelException">This store has no such model.</exception>
    public void Remove(string id)
    {
        string place = Path.Combine(Folder, ModelId.Require(id));
        if (!Directory.Exists(place))
            throw new ModelException(id, $"is not among the models of {Folder}; what comes with the program cannot be removed");
        Directory.Delete(place, recursive: true);
    }
}

/// <summary>What may happen to files and models that are there when a model is added.</summary>
public sealed record ModelStoreOptions
{
    /// <summary>Copies, and refuses an id that is taken.</summary>
    public static ModelStoreOptions Default { get; } = new();

    /// <summary>What happens to a model of the same id.</summary>
    public ExistingModel Existing { get; init; } = ExistingModel.Refuse;

    /// <summary>What happens to the files that the model is made from.</summary>
    public SourceFiles Source { get; init; } = SourceFiles.Copy;
}

/// <summary>What happens to a model of the same id.</summary>
public enum ExistingModel
{
    /// <summary>It stays, and the new one is refused.</summary>
    Refuse,

    /// <summary>It is replaced once the new one has been checked.</summary>
    Replace,
}

/// <summary>What happens to the files that a model is made from.</summary>
public enum SourceFiles
{
    /// <summary>They stay where they are.</summary>
    Copy,

    /// <summary>They are moved into the model.</summary>
    Move,
}
