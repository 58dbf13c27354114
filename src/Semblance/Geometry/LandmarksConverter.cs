using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Geometry;

/// <summary>Writes five landmarks as five points [x, y]; none as an empty list.</summary>
public sealed class LandmarksConverter : JsonConverter<FaceLandmarks>
{
    /// <inheritdoc/>
    public override FaceLandmarks Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        List<Vector2> points = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            points.Add(JsonPoint.Read(ref reader));
        return points.Count switch
        {
            FaceLandmarks.Count => FaceLandmarks.From([.. points]),
            0 => default,
            _ => throw new JsonException("five landmarks are needed"),
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FaceLandmarks value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        if (value != default)
            for (int i = 0; i < FaceLandmarks.Count; i++)
                JsonPoint.Write(writer, value[i]);
        writer.WriteEndArray();
    }
}
