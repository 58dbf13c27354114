using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Geometry;

/// <summary>Writes points as [x, y], in pixels with two decimals.</summary>
public sealed class PointListConverter : JsonConverter<IReadOnlyList<Vector2>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<Vector2> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("points are a list of [x, y]");
        List<Vector2> points = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            points.Add(JsonPoint.Read(ref reader));
        return points;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Vector2> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartArray();
        foreach (Vector2 point in value)
            JsonPoint.Write(writer, point);
        writer.WriteEndArray();
    }
}
