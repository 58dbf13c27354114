using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using Semblance.Gallery;
using Semblance.Server.Failures;

namespace Semblance.Server.Api;

/// <summary>Changes of a person as JSON: absent members stay, null removes. Unknown members are refused, so that no typing error is taken
/// for a change.</summary>
internal static class PersonPatch
{
    public static Person Apply(Person person, JsonElement patch)
    {
        foreach (JsonProperty member in patch.EnumerateObject())
            person = member.Name switch
            {
                "name" => person with { Name = Text(member) ?? throw RequestException.BadRequest("a person needs a name") },
                "metadata" => person with { Metadata = Pairs(member.Value, member.Name) },
                "consent" => person with { ConsentReference = Text(member) },
                "expiresAt" => person with { ExpiresAt = Time(member) },
                "externalId" => person with { ExternalId = Text(member) },
                "tags" => person with { Tags = Words(member) },
                "locked" => person with { Locked = Flag(member) },
                _ => throw RequestException.BadRequest(
                    $"'{member.Name}' cannot be changed; name, metadata, consent, expiresAt, externalId, tags and locked can"
                ),
            };
        return person;
    }

    /// <summary>An object of texts.</summary>
    public static IReadOnlyDictionary<string, string> Pairs(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return ReadOnlyDictionary<string, string>.Empty;
        if (value.ValueKind != JsonValueKind.Object)
            throw RequestException.BadRequest($"'{name}' is an object of texts");
        Dictionary<string, string> pairs = [];
        foreach (JsonProperty pair in value.EnumerateObject())
            pairs[pair.Name] = pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Value.GetRawText();
        return pairs;
    }

    /// <summary>Changes of a reference.</summary>
    public static FaceReference Apply(FaceReference reference, JsonElement patch)
    {
        foreach (JsonProperty member in patch.EnumerateObject())
            reference = member.Name switch
            {
                "externalId" => reference with { ExternalId = Text(member) },
                "tags" => reference with { Tags = Words(member) },
                "source" => reference with { Source = Text(member) },
                "locked" => reference with { Locked = Flag(member) },
                _ => throw RequestException.BadRequest($"'{member.Name}' cannot be changed; externalId, tags, source and locked can"),
            };
        return reference;
    }

    private static bool Flag(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.Value.GetBoolean()
            : throw RequestException.BadRequest($"'{member.Name}' is true or false");

    private static string[] Words(JsonProperty member) =>
        member.Value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => [.. member.Value.EnumerateArray().Select(word => word.ToString())],
            _ => throw RequestException.BadRequest($"'{member.Name}' is an array of words"),
        };

    private static string? Text(JsonProperty member) =>
        member.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => member.Value.GetString(),
            _ => throw RequestException.BadRequest($"'{member.Name}' is a text"),
        };

    private static DateTimeOffset? Time(JsonProperty member) =>
        Text(member) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
        : throw RequestException.BadRequest($"'{member.Name}' is '{text}', a date or time such as 2031-12-31 is expected");
}
