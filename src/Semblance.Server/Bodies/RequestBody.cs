using System.Text.Json;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>The body of a request, whatever form it came in. Fields that nobody asks for are ignored.</summary>
internal sealed class RequestBody
{
    private readonly long _pictureLimit;

    public RequestBody(IReadOnlyList<BodyPart> parts, JsonElement? json, ReadOnlyMemory<byte>? raw, long pictureLimit) =>
        (Parts, Json, Raw, _pictureLimit) = (parts, json, raw, pictureLimit);

    /// <summary>The fields of a multipart body or a form; empty for others.</summary>
    public IReadOnlyList<BodyPart> Parts { get; }

    /// <summary>The document of a JSON body.</summary>
    public JsonElement? Json { get; }

    /// <summary>The bytes of a body that is a picture.</summary>
    public ReadOnlyMemory<byte>? Raw { get; }

    /// <summary>Whether there is a field.</summary>
    public bool Has(string name) => Parts.Any(part => part.Name == name) || Member(name) is not null;

    /// <summary>A field as text; null when it is absent.</summary>
    public string? Text(string name)
    {
        if (Parts.FirstOrDefault(part => part.Name == name) is { } part)
            return part.Text;
        return Member(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } other => other.GetRawText(),
        };
    }

    /// <summary>A field that is JSON: a member of the document, or a part that holds JSON text.</summary>
    public JsonElement? Element(string name)
    {
        if (Parts.FirstOrDefault(part => part.Name == name) is not { } part)
            return Member(name);
        using JsonDocument document = JsonDocument.Parse(part.Bytes, new() { MaxDepth = BodyReader.PartJsonDepth });
        return document.RootElement.Clone();
    }

    /// <summary>The picture of a field.</summary>
    /// <exception cref="RequestException">There is none.</exception>
    public Upload Picture(string name) =>
        Pictures(name) is [var first, ..]
            ? first
            : throw RequestException.BadRequest($"there is no picture: send it as the file '{name}', as the body, or in JSON as '{name}'");

    /// <summary>All pictures of a field; several parts of one name, or a JSON array.</summary>
    public IReadOnlyList<Upload> Pictures(string name)
    {
        if (Raw is { } raw)
            return [Checked(new(name, raw))];
        List<Upload> found = [.. Parts.Where(part => part.Name == name).Select(PictureOf)];
        if (Member(name) is { } member)
            found.AddRange(
                member.ValueKind == JsonValueKind.Array
                    ? member.EnumerateArray().Select((item, i) => Of(item, $"{name}[{i}]"))
                    : [Of(member, name)]
            );
        return found;
    }

    /// <summary>The picture of a part: its bytes, or what they say in base64.</summary>
    public Upload PictureOf(BodyPart part)
    {
        if (part.Bytes.IsEmpty)
            throw RequestException.BadRequest($"the file '{part.Name}' is empty");
        return Checked(
            part.FileName is null && PictureText.TryDecode(part.Bytes.Span, part.Name, out byte[]? decoded)
                ? new(part.Label, decoded)
                : new(part.Label, part.Bytes)
        );
    }

    private Upload Of(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String
            ? Checked(new(name, PictureText.Decode(value.GetString()!, name)))
            : throw RequestException.BadRequest($"'{name}' is a picture as text in base64");

    private Upload Checked(Upload upload) =>
        upload.Bytes.Length <= _pictureLimit
            ? upload
            : throw new RequestException(
                413,
                "image-too-large",
                $"{upload.Name} has {upload.Bytes.Length} bytes, {_pictureLimit} are possible"
            );

    private JsonElement? Member(string name) =>
        Json is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty(name, out JsonElement member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : null;
}
