using System.Text.Json;
using System.Text.Json.Nodes;

namespace Semblance.Training.Trainer;

/// <summary>The figures of a run as JSON Lines: one object a line with <c>step</c> and whatever was measured there.</summary>
public sealed class MetricsLog : IDisposable
{
    private readonly StreamWriter _writer;

    private MetricsLog(StreamWriter writer) => _writer = writer;

    /// <summary>Opens a log.</summary>
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="step">Steps done; lines of later steps are dropped, because a resumed run writes them again.</param>
    public static MetricsLog Open(string path, long step)
    {
        string[] kept = step > 0 && File.Exists(path) ? [.. Read(path).Where(line => (long?)line["step"] <= step).Select(line => line.ToJsonString())] : [];
        StreamWriter writer = new(path, append: false);
        foreach (string line in kept) writer.WriteLine(line);
        writer.Flush();
        return new(writer);
    }

    /// <summary>All complete lines of a log.</summary>
    public static IReadOnlyList<JsonObject> Read(string path)
    {
        List<JsonObject> lines = [];
        foreach (string line in File.ReadLines(path))
        {
            try
            {
                lines.Add(JsonNode.Parse(line)!.AsObject());
            }
            catch (JsonException)
            {
                // A run that was killed leaves its last line half written; all before it count.
                break;
            }
        }
        return lines;
    }

    /// <summary>Writes one line.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="values">Figures by name; those that are no finite numbers are written as text.</param>
    public void Write(long step, IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        JsonObject line = new() { ["step"] = step };
        foreach ((string name, double value) in values)
            line[name] = double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _writer.WriteLine(line.ToJsonString());
        _writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
