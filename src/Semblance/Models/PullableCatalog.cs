using System.Text.Json;

namespace Semblance.Models;

/// <summary>The models that can be downloaded: <c>catalog.json</c> of this library.</summary>
/// <param name="Base">The address that all others are relative to.</param>
/// <param name="Models">The models.</param>
public sealed record PullableCatalog(Uri Base, IReadOnlyList<PullableModel> Models)
{
    private static readonly Lazy<PullableCatalog> Embedded = new(Load);

    /// <summary>The catalogue that comes with the library.</summary>
    public static PullableCatalog Default => Embedded.Value;

    /// <summary>One model by id.</summary>
    /// <exception cref="ModelException">There is none; the message lists those that there are.</exception>
    public PullableModel Find(string id) =>
        Models.FirstOrDefault(model => model.Id == id)
        ?? throw new ModelException(id, $"cannot be pulled; these can: {string.Join(", ", Models.Select(model => model.Id))}");

    private static PullableCatalog Load()
    {
        using Stream stream = typeof(PullableCatalog).Assembly.GetManifestResourceStream("Semblance.Models.Pulling.catalog.json")!;
        return JsonSerializer.Deserialize(stream, ModelJson.Default.PullableCatalog)!;
    }
}
