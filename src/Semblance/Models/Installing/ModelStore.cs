namespace Semblance.Models.Installing;

/// <summary>
/// The user's own models: a folder that models are added to and removed from. A model is put together in a hidden folder beside the others,
/// checked, and then moved into place at once, so that a half model is never seen.
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
    /// <param name="files">Where the networks, and the cohort if it has one, lie now, by role.</param>
    /// <param name="options">What may happen to files and models that are there.</param>
    /// <param name="cancellationToken">Stops; nothing of the model stays.</param>
    /// <exception cref="ModelException">The id is taken, or the files are not what the manifest promises: where it names hashes, they are
    /// compared.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public InstalledModel Add(
        ModelManifest manifest,
        IReadOnlyDictionary<string, string> files,
        ModelStoreOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(files);
        options ??= ModelStoreOptions.Default;
        string place = Path.Combine(Folder, ModelId.Require(manifest.Id));
        if (Directory.Exists(place) && options.Existing == ExistingModel.Refuse)
            throw new ModelException(manifest.Id, $"is there already, in {place}; replace it, remove it first, or take another id");
        using StagingFolder staging = StagingFolder.Create(Folder);
        Dictionary<string, ModelFile> placed = [];
        foreach ((string role, string source) in files)
        {
            string name = role + (role == Embedding.EmbeddingCohort.FileRole ? ".bin" : ".onnx"),
                target = Path.Combine(staging.Path, name);
            if (options.Source == SourceFiles.Move)
                File.Move(source, target);
            else
                Copy(source, target);
            placed[role] = new(name, FileHash.Of(target));
            if (manifest.Files.TryGetValue(role, out ModelFile? promised) && promised.Sha256.Length > 0)
                Compare(manifest.Id, role, promised.Sha256, placed[role].Sha256);
        }
        (manifest with { Files = placed }).Write(Path.Combine(staging.Path, InstalledModel.ManifestName));
        ModelCheck.Load(InstalledModel.Open(staging.Path), cancellationToken: cancellationToken);
        if (Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        Directory.Move(staging.Path, place);
        return InstalledModel.Open(place);
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

    private static void Compare(string id, string role, string promised, string found)
    {
        if (!found.Equals(promised, StringComparison.OrdinalIgnoreCase))
            throw new ModelException(id, $"the file for '{role}' has the SHA-256 {found}, its manifest promises {promised}");
    }

    /// <summary>Only what has an end is copied.</summary>
    private static void Copy(string source, string target)
    {
        using FileStream from = Files.RegularFile.Open(source),
            to = new(target, FileMode.CreateNew, FileAccess.Write);
        from.CopyTo(to);
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
