using System.Numerics;
using System.Text.Json;

namespace Semblance.Geometry;

/// <summary>A point as [x, y].</summary>
internal static class JsonPoint
{
    public static Vector2 Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("a point is [x, y]");
        Vector2 point = new(Next(ref reader), Next(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? point : throw new JsonException("a point is [x, y]");
    }

    public static void Write(Utf8JsonWriter writer, Vector2 value)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(Round(value.X));
        writer.WriteNumberValue(Round(value.Y));
        writer.WriteEndArray();
    }

    /// <summary>Pixels are given with two decimals: finer than any detector is.</summary>
    public static double Round(float value) => Math.Round((double)value, 2);

    private static float Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.GetSingle() : throw new JsonException("a point is [x, y]");
}
