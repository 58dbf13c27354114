using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Models;

namespace Semblance.Cli.Output;

/// <summary>One line of <c>models list</c>.</summary>
/// <param name="Id">Catalogue id.</param>
/// <param name="Kinds">What it does.</param>
/// <param name="State">Where it stands.</param>
/// <param name="License">Its licence.</param>
/// <param name="CommercialUse"><c>permitted</c>, <c>not permitted</c> or <c>not stated</c>.</param>
/// <param name="TrainingData">What it was trained on.</param>
/// <param name="Size">Bytes; about, for what is not here.</param>
/// <param name="Sha256">Hash of each file.</param>
/// <param name="Published">Figures of its origin.</param>
/// <param name="Measured">Figures measured here.</param>
/// <param name="Location">Its folder, or the address it can be pulled from.</param>
internal sealed record ListedModel(
    string Id,
    IReadOnlyList<string> Kinds,
    ModelState State,
    string License,
    string CommercialUse,
    string TrainingData,
    long? Size,
    IReadOnlyDictionary<string, string> Sha256,
    IReadOnlyDictionary<string, double>? Published,
    IReadOnlyDictionary<string, double>? Measured,
    string Location
)
{
    /// <summary>Everything that is here or can be had, by id.</summary>
    public static IReadOnlyList<ListedModel> All()
    {
        PullableCatalog catalog = PullableCatalog.Default;
        IReadOnlyList<InstalledModel> installed = ModelCatalog.Default.List();
        HashSet<string> here = [.. installed.Select(model => model.Id)];
        return
        [
            .. installed.Select(model => From(model.Manifest, StateOf(model, catalog), model.Size, model.Folder)),
            .. catalog
                .Models.Where(model => !here.Contains(model.Id))
                .Select(model => From(model.Manifest, ModelState.Pullable, model.Bytes, new Uri(catalog.Base, model.Address).ToString())),
        ];
    }

    public string ToJson() => JsonText.Of(this, ListedModelJson.Default.ListedModel);

    private static ModelState StateOf(InstalledModel model, PullableCatalog catalog)
    {
        if (model.Folder.StartsWith(ModelCatalog.Pack.Folders[0], StringComparison.Ordinal))
            return ModelState.Pack;
        string? hash = catalog.Models.FirstOrDefault(pullable => pullable.Id == model.Id)?.Sha256;
        return hash is not null && model.Manifest.Files.Values.Any(file => file.Sha256 == hash) ? ModelState.Pulled : ModelState.Imported;
    }

    private static ListedModel From(ModelManifest manifest, ModelState state, long? size, string location) =>
        new(
            manifest.Id,
            [.. manifest.Kinds.Select(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()))],
            state,
            manifest.License,
            ModelText.CommercialUse(manifest),
            manifest.TrainingData,
            size,
            manifest.Files.ToDictionary(file => file.Key, file => file.Value.Sha256),
            manifest.Published,
            manifest.Measured,
            location
        );
}

/// <summary>Where a model stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelState>))]
internal enum ModelState
{
    /// <summary>Comes with the program.</summary>
    [JsonStringEnumMemberName("pack")]
    Pack,

    /// <summary>The user's own.</summary>
    [JsonStringEnumMemberName("imported")]
    Imported,

    /// <summary>Downloaded.</summary>
    [JsonStringEnumMemberName("pulled")]
    Pulled,

    /// <summary>Not here, can be downloaded.</summary>
    [JsonStringEnumMemberName("can be pulled")]
    Pullable,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ListedModel))]
internal sealed partial class ListedModelJson : JsonSerializerContext;
