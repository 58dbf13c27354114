using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Gallery.Postgres;

/// <summary>What is kept as JSON; read back it is checked, since others can write to the tables, too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(GallerySettings))]
internal sealed partial class PostgresJson : JsonSerializerContext
{
    private const int LargestDimension = 1 << 16;

    /// <summary>Details of a person.</summary>
    /// <exception cref="GalleryDamagedException">They are no texts by name.</exception>
    public static Dictionary<string, string> MetadataOf(Guid person, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.DictionaryStringString) is { } metadata && !metadata.ContainsValue(null!)
                ? metadata
                : throw Damaged(person, "a detail is null");
        }
        catch (JsonException e)
        {
            throw Damaged(person, "a detail is no text", e);
        }
    }

    /// <summary>Settings of a gallery.</summary>
    /// <exception cref="GalleryDamagedException">They cannot be.</exception>
    public static GallerySettings SettingsOf(PostgresAddress address, string json)
    {
        try
        {
            return
                JsonSerializer.Deserialize(json, Default.GallerySettings) is { } settings
                && settings.Contract.Dimension is > 0 and <= LargestDimension
                ? settings
                : throw new JsonException("there are none, or for vectors of a length that is not possible");
        }
        catch (JsonException e)
        {
            throw new GalleryDamagedException(address.ToString(), "table gallery", "its settings cannot be read", e);
        }
    }

    /// <summary>The row of a person is damaged.</summary>
    public static GalleryDamagedException Damaged(Guid person, string why, Exception? inner = null) =>
        new("the gallery", $"table people, person {person}", why, inner);
}
