using System.Text.Json;
using System.Text.Json.Serialization;

namespace Semblance.Geometry;

/// <summary>Writes a box as x, y, width, height, in pixels with two decimals.</summary>
public sealed class BoxConverter : JsonConverter<FaceBox>
{
    /// <inheritdoc/>
    public override FaceBox Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument box = JsonDocument.ParseValue(ref reader);
        return new(Side("x"), Side("y"), Side("width"), Side("height"));

        float Side(string name) => box.RootElement.GetProperty(name).GetSingle();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FaceBox value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("x", JsonPoint.Round(value.X));
        writer.WriteNumber("y", JsonPoint.Round(value.Y));
        writer.WriteNumber("width", JsonPoint.Round(value.Width));
        writer.WriteNumber("height", JsonPoint.Round(value.Height));
        writer.WriteEndObject();
    }
}
