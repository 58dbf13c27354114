using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Semblance.Server.Bodies;

/// <summary>JSON of clients: what a document claims to be text is text, and no name in it stands twice, so that whoever reads it later need
/// not expect otherwise, and two programs that read it do not understand different things.</summary>
internal static class BodyJson
{
    /// <summary>Values, names and brackets of one document. Each takes as much memory as twelve of the shortest have bytes.</summary>
    private const int MostTokens = 1_000_000;

    private static readonly SearchValues<byte> Escape = SearchValues.Create((byte)'\\');

    /// <summary>The document's root, which outlives it.</summary>
    /// <param name="bytes">JSON in UTF-8.</param>
    /// <param name="depth">How deep it may be nested.</param>
    /// <exception cref="JsonException">It is none, a text in it is no Unicode, a name stands twice, or it has too many parts.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> bytes, int depth)
    {
        using JsonDocument document = Open(bytes, depth);
        return document.RootElement.Clone();
    }

    /// <summary>The document, which reads the bytes where they are.</summary>
    /// <inheritdoc cref="Parse"/>
    public static JsonDocument Open(ReadOnlyMemory<byte> bytes, int depth)
    {
        if (!Utf8.IsValid(bytes.Span))
            throw new JsonException("it is not in UTF-8");
        if (bytes.Length > MostTokens)
            RequireFew(bytes.Span, depth);
        JsonDocument? document = null;
        try
        {
            // Reads the names, to see whether one stands twice.
            document = JsonDocument.Parse(bytes, new() { MaxDepth = depth, AllowDuplicateProperties = false });
            // Only an escape can be half of a character where all bytes are whole ones.
            if (bytes.Span.ContainsAny(Escape))
                RequireText(document.RootElement);
            JsonDocument sound = document;
            document = null;
            return sound;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("a text in it has half a character", e);
        }
        finally
        {
            document?.Dispose();
        }
    }

    private static void RequireFew(ReadOnlySpan<byte> bytes, int depth)
    {
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = depth });
        for (int tokens = 0; reader.Read(); tokens++)
            if (tokens == MostTokens)
                throw new JsonException($"it has more than {MostTokens} values, names and brackets");
    }

    /// <summary>Reads every text once; one with half a character throws <see cref="InvalidOperationException"/>.</summary>
    private static void RequireText(JsonElement element)
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
            case JsonValueKind.String when JsonMarshal.GetRawUtf8Value(element).ContainsAny(Escape):
                _ = element.GetString();
                break;
        }
    }
}
