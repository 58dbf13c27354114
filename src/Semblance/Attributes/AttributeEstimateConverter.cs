using System.Text.Json;
using System.Text.Json.Serialization;

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
        Type value = typeToConvert.GetGenericArguments()[0];
        if (value == typeof(AgeEstimate))
            return new Converter<AgeEstimate>();
        if (value == typeof(GenderEstimate))
            return new Converter<GenderEstimate>();
        if (value == typeof(EmotionEstimate))
            return new Converter<EmotionEstimate>();
        if (value == typeof(HeadPose))
            return new Converter<HeadPose>();
        if (value == typeof(FaceLandmarks68))
            return new Converter<FaceLandmarks68>();
        throw new NotSupportedException($"{value.Name} is no attribute that has a JSON form");
    }

    private sealed class Converter<T> : JsonConverter<AttributeEstimate<T>>
        where T : class
    {
        public override AttributeEstimate<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.TryGetProperty(UnknownName, out JsonElement reason))
                return AttributeEstimate.NotKnown<T>(reason.GetString() ?? throw new JsonException("an unknown attribute has a reason"));
            return AttributeEstimate.Of(
                (T?)document.RootElement.Deserialize(options.GetTypeInfo(typeof(T))) ?? throw new JsonException("an attribute is an object")
            );
        }

        public override void Write(Utf8JsonWriter writer, AttributeEstimate<T> value, JsonSerializerOptions options)
        {
            if (value.IsKnown)
            {
                JsonSerializer.Serialize(writer, value.Value, options.GetTypeInfo(typeof(T)));
                return;
            }
            writer.WriteStartObject();
            writer.WriteString(UnknownName, value.Unknown);
            writer.WriteEndObject();
        }
    }
}
