using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Semblance.Server.Bodies;

/// <summary>JSON of clients: what a document claims to be text is text, so that whoever reads it later need not expect otherwise.</summary>
internal static class BodyJson
{
    private static readonly SearchValues<byte> Escape = SearchValues.Create((byte)'\\');

    /// <summary>The document's root, which outlives it.</summary>
    /// <param name="bytes">JSON in UTF-8.</param>
    /// <param name="options">How deep.</param>
    /// <exception cref="JsonException">It is none, or a text in it is no Unicode.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> bytes, JsonDocumentOptions options)
    {
        if (!Utf8.IsValid(bytes.Span))
            throw new JsonException("it is not in UTF-8");
        using JsonDocument document = JsonDocument.Parse(bytes, options);
        // Only an escape can be half of a character where all bytes are whole ones.
        if (bytes.Span.ContainsAny(Escape))
            RequireText(document.RootElement);
        return document.RootElement.Clone();
    }

    private static void RequireText(JsonElement element)
    {
        try
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (JsonProperty member in element.EnumerateObject())
                    {
                        _ = member.Name;
                        RequireText(member.Value);
                    }
                    break;
                case JsonValueKind.Array:
                    foreach (JsonElement item in element.EnumerateArray())
                        RequireText(item);
                    break;
                case JsonValueKind.String:
                    _ = element.GetString();
                    break;
            }
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text in it has half a character", e);
        }
    }
}
