using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Semblance.Server.Failures;

namespace Semblance.Server.Bodies;

/// <summary>The body of a request, whatever form it came in. Fields that nobody asks for are ignored.</summary>
internal sealed class RequestBody
{
    /// <summary>Bytes that the longest escape of JSON has for one byte of text.</summary>
    private const int BytesOfEscape = 6;

    private readonly RequestLimits _limits;
    private readonly RequestMemory _memory;

    public RequestBody(
        IReadOnlyList<BodyPart> parts,
        JsonElement? json,
        ReadOnlyMemory<byte>? raw,
        RequestLimits limits,
        RequestMemory memory
    ) => (Parts, Json, Raw, _limits, _memory) = (parts, json, raw, limits, memory);

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
            return Short(part).Text;
        if (Member(name) is not { } member)
            return null;
        // What cannot be short enough is not made a text at all.
        if (JsonMarshal.GetRawUtf8Value(member).Length > (long)BytesOfEscape * _limits.TextBytes + 2)
            throw TooLong(name);
        string text = member.ValueKind == JsonValueKind.String ? member.GetString()! : member.GetRawText();
        if (Encoding.UTF8.GetByteCount(text) > _limits.TextBytes)
            throw TooLong(name);
        return text;
    }

    /// <summary>A field that is JSON: a member of the document, or a part that holds JSON text.</summary>
    public JsonElement? Element(string name)
    {
        if (Parts.FirstOrDefault(part => part.Name == name) is not { } part)
            return Member(name);
        return BodyJson.Parse(Short(part).Bytes, JsonDepth);
    }

    /// <summary>How deep JSON inside a field may be nested.</summary>
    public int JsonDepth => _limits.JsonDepth;

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
        {
            if (member.ValueKind == JsonValueKind.Array && member.GetArrayLength() > _limits.Parts)
                throw RequestException.TooManyParts(_limits.Parts);
            found.AddRange(
                member.ValueKind == JsonValueKind.Array
                    ? member.EnumerateArray().Select((item, i) => Of(item, $"{name}[{i}]"))
                    : [Of(member, name)]
            );
        }
        return found;
    }

    /// <summary>The picture of a part: its bytes, or what they say in base64.</summary>
    public Upload PictureOf(BodyPart part)
    {
        if (part.Bytes.IsEmpty)
            throw RequestException.BadRequest($"the file '{part.Name}' is empty");
        return Checked(
            part.FileName is null && PictureText.TryDecode(part.Bytes.Span, part.Name, _memory, out ReadOnlyMemory<byte> decoded)
                ? new(part.Label, decoded)
                : new(part.Label, part.Bytes)
        );
    }

    private Upload Of(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String
            ? Checked(new(name, PictureText.Decode(value, name, _memory)))
            : throw RequestException.BadRequest($"'{name}' is a picture as text in base64");

    private Upload Checked(Upload upload) =>
        upload.Bytes.Length <= _limits.PictureBytes
            ? upload
            : throw new RequestException(
                413,
                "image-too-large",
                $"{upload.Name} has {upload.Bytes.Length} bytes, {_limits.PictureBytes} are possible"
            );

    private BodyPart Short(BodyPart part) => part.Bytes.Length <= _limits.TextBytes ? part : throw TooLong(part.Name);

    private RequestException TooLong(string name) =>
        new(413, "text-too-long", $"the field '{name}' has more than the {_limits.TextBytes} bytes that a text may have");

    private JsonElement? Member(string name) =>
        Json is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty(name, out JsonElement member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : null;
}
