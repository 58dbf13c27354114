using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Detection;

namespace Semblance.Json;

/// <summary>A point as [x, y].</summary>
internal sealed class PointConverter : JsonConverter<Vector2>
{
    public override Vector2 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("a point is [x, y]");
        Vector2 point = new(Next(ref reader), Next(ref reader));
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? point : throw new JsonException("a point is [x, y]");
    }

    public override void Write(Utf8JsonWriter writer, Vector2 value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(Pixels.Round(value.X));
        writer.WriteNumberValue(Pixels.Round(value.Y));
        writer.WriteEndArray();
    }

    private static float Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.GetSingle() : throw new JsonException("a point is [x, y]");
}

/// <summary>Five landmarks as five points; none as an empty list.</summary>
internal sealed class LandmarksConverter : JsonConverter<FaceLandmarks>
{
    private static readonly PointConverter Point = new();

    public override FaceLandmarks Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        List<Vector2> points = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            points.Add(Point.Read(ref reader, typeof(Vector2), options));
        return points.Count switch
        {
            FaceLandmarks.Count => FaceLandmarks.From([.. points]),
            0 => default,
            _ => throw new JsonException("five landmarks are needed"),
        };
    }

    public override void Write(Utf8JsonWriter writer, FaceLandmarks value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        if (value != default)
            for (int i = 0; i < FaceLandmarks.Count; i++)
                Point.Write(writer, value[i], options);
        writer.WriteEndArray();
    }
}

/// <summary>A box as x, y, width, height.</summary>
internal sealed class BoxConverter : JsonConverter<FaceBox>
{
    public override FaceBox Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument box = JsonDocument.ParseValue(ref reader);
        return new(Side("x"), Side("y"), Side("width"), Side("height"));

        float Side(string name) => box.RootElement.GetProperty(name).GetSingle();
    }

    public override void Write(Utf8JsonWriter writer, FaceBox value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("x", Pixels.Round(value.X));
        writer.WriteNumber("y", Pixels.Round(value.Y));
        writer.WriteNumber("width", Pixels.Round(value.Width));
        writer.WriteNumber("height", Pixels.Round(value.Height));
        writer.WriteEndObject();
    }
}

/// <summary>Pixels are given with two decimals: finer than any detector is.</summary>
internal static class Pixels
{
    public static double Round(float value) => Math.Round((double)value, 2);
}
