using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Semblance.Json;

namespace Semblance.Cli.Output;

/// <summary>JSON for people and programs: generated contexts cannot name an encoder, so they would escape every letter beyond
/// ASCII.</summary>
internal static class JsonText
{
    public static string Of(object value, JsonTypeInfo type)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text, new() { Encoder = SemblanceJson.Encoder, Indented = type.Options.WriteIndented }))
            JsonSerializer.Serialize(writer, value, type);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
