namespace Semblance.Models;

/// <summary>
/// The models of this machine: folders of models, searched in order. By default the user's own (<c>SEMBLANCE_HOME</c>, else
/// <c>semblance</c> in the local application data) and then the pack beside the program. Thread-safe.
/// </summary>
public sealed class ModelCatalog
{
    /// <summary>Environment variable that names the per-user folder.</summary>
    public const string HomeVariable = "SEMBLANCE_HOME";

    private readonly IReadOnlyList<string> _folders;
    private readonly ModelUse _use;

    /// <summary>A catalogue of given folders; each model is a folder in one of them. The first that has an id wins.</summary>
    public ModelCatalog(params IReadOnlyList<string> folders)
        : this(folders, ModelUse.Any) { }

    private ModelCatalog(IReadOnlyList<string> folders, ModelUse use) => (_folders, _use) = (folders, use);

    /// <summary>The user's models, then the pack beside the program.</summary>
    public static ModelCatalog Default => new(Path.Combine(Home, "models"), PackFolder);

    /// <summary>The pack beside the program alone.</summary>
    public static ModelCatalog Pack => new(PackFolder);

    /// <summary>The same folders for another use: with <see cref="ModelUse.Commercial"/> models whose terms do not permit it are neither
    /// listed nor found.</summary>
    public ModelCatalog For(ModelUse use) => use == _use ? this : new(_folders, use);

    /// <summary>The per-user folder.</summary>
    public static string Home =>
        Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home
            ? home
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "semblance"
            );

    /// <summary>The folders searched, in order.</summary>
    public IReadOnlyList<string> Folders => _folders;

    /// <summary>Whether there is a model of this id that may be used.</summary>
    public bool Contains(string id) =>
        FolderOf(id) is { } folder && (_use == ModelUse.Any || (TryOpen(folder, out _) is { } model && IsPermitted(model)));

    /// <summary>All models whose manifests can be read, by id; <see cref="ListUnreadable"/> gives the others.</summary>
    public IReadOnlyList<InstalledModel> List() =>
        [
            .. ModelFolders()
                .Select(folder => TryOpen(folder, out _))
                .OfType<InstalledModel>()
                .DistinctBy(model => model.Id)
                .Where(IsPermitted)
                .OrderBy(model => model.Id, StringComparer.Ordinal),
        ];

    /// <summary>What is wrong with the manifests that cannot be read, each on its own.</summary>
    public IReadOnlyList<ModelException> ListUnreadable() =>
        [
            .. ModelFolders()
                .Select(folder =>
                {
                    _ = TryOpen(folder, out ModelException? problem);
                    return problem;
                })
                .OfType<ModelException>(),
        ];

    /// <summary>One model by id, or by the path of its folder, which has a separator in it: <c>runs/a/model</c>.</summary>
    /// <exception cref="ModelException">There is none, or its manifest cannot be read.</exception>
    public InstalledModel Find(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (id.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            return File.Exists(Path.Combine(id, InstalledModel.ManifestName))
                ? Permitted(InstalledModel.Open(id))
                : throw new ModelException(id, $"is no folder of a model: {Path.Combine(id, InstalledModel.ManifestName)} is not there");
        }
        if (FolderOf(id) is { } folder)
            return Permitted(InstalledModel.Open(folder));
        if (PullableCatalog.Default.Models.Any(model => model.Id == id))
            throw new ModelException(id, "not installed, but it can be pulled") { IsPullable = true, Remedy = "pull it" };
        if (ModelPackages.Of(id) is { } package)
            throw new ModelException(id, $"not installed; the package {package} brings it");
        string known = string.Join(", ", List().Select(model => model.Id));
        throw new ModelException(
            id,
            known.Length == 0
                ? $"no models are installed; looked in {string.Join(" and ", _folders)} (the package Semblance.Models brings the "
                    + $"default pack)"
                : $"not installed; here are {known}"
        );
    }

    /// <summary>One model by id that does a certain thing.</summary>
    /// <exception cref="ModelException">There is none, or it does something else.</exception>
    public InstalledModel Find(string id, ModelKind kind)
    {
        InstalledModel model = Find(id);
        return model.Manifest.Kinds.Contains(kind)
            ? model
            : throw new ModelException(
                id,
                $"is no {kind.ToString().ToLowerInvariant()} but: {string.Join(", ", model.Manifest.Kinds).ToLowerInvariant()}"
            );
    }

    private string? FolderOf(string id) =>
        _folders
            .Select(folder => Path.Combine(folder, id))
            .FirstOrDefault(model => File.Exists(Path.Combine(model, InstalledModel.ManifestName)));

    private IEnumerable<string> ModelFolders() =>
        _folders
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            // Hidden folders are models that are just being put together.
            .Where(folder => !Path.GetFileName(folder).StartsWith('.'))
            .Where(folder => File.Exists(Path.Combine(folder, InstalledModel.ManifestName)));

    private static InstalledModel? TryOpen(string folder, out ModelException? problem)
    {
        try
        {
            problem = null;
            return InstalledModel.Open(folder);
        }
        catch (ModelException e)
        {
            problem = e;
            return null;
        }
    }

    private bool IsPermitted(InstalledModel model) => _use == ModelUse.Any || model.Manifest.CommercialUse == true;

    private InstalledModel Permitted(InstalledModel model) =>
        IsPermitted(model)
            ? model
            : throw new ModelException(
                model.Id,
                $"may not be used commercially ({model.Manifest.License}), and only models that may were asked for"
            );

    private static string PackFolder => Path.Combine(AppContext.BaseDirectory, "models");
}
