using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Semblance.Attributes;

/// <summary>Writes an estimate as itself, or as <c>{ "unknown": reason }</c>.</summary>
public sealed class AttributeEstimateConverter : JsonConverterFactory
{
    private const string UnknownName = "unknown";

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert is { IsGenericType: true } && typeToConvert.GetGenericTypeDefinition() == typeof(AttributeEstimate<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return AttributeDescriptor.All.FirstOrDefault(attribute => attribute.Json.Type == typeToConvert)?.Json
            ?? throw new NotSupportedException($"{typeToConvert.GetGenericArguments()[0].Name} is no attribute that has a JSON form");
    }

    /// <summary>The form of one attribute.</summary>
    /// <param name="estimate">The form of its estimate.</param>
    internal sealed class Converter<T>(JsonTypeInfo<T> estimate) : JsonConverter<AttributeEstimate<T>>
        where T : class
    {
        public override AttributeEstimate<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.TryGetProperty(UnknownName, out JsonElement reason))
                return AttributeEstimate.NotKnown<T>(reason.GetString() ?? throw new JsonException("an unknown attribute has a reason"));
            return AttributeEstimate.Of(document.RootElement.Deserialize(estimate) ?? throw new JsonException("an attribute is an object"));
        }

        public override void Write(Utf8JsonWriter writer, AttributeEstimate<T> value, JsonSerializerOptions options)
        {
            if (value.IsKnown)
            {
                JsonSerializer.Serialize(writer, value.Value, estimate);
                return;
            }
            writer.WriteStartObject();
            writer.WriteString(UnknownName, value.Unknown);
            writer.WriteEndObject();
        }
    }
}
