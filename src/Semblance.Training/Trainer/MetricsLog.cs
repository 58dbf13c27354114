using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Semblance.Files;

namespace Semblance.Training.Trainer;

/// <summary>The figures of a run as JSON Lines: one object a line with <c>step</c> and whatever was measured there.</summary>
internal sealed class MetricsLog : IDisposable
{
    private readonly FileStream _file;
    private readonly List<byte> _unwritten = [];

    private MetricsLog(FileStream file) => _file = file;

    /// <summary>Opens a log.</summary>
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="step">Steps done; lines of later steps are dropped, because a resumed run writes them again.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="FileWriteException">It cannot be written; an older one is as it was.</exception>
    public static MetricsLog Open(string path, long step)
    {
        string[] kept =
            step > 0 && File.Exists(path)
                ? [.. Read(path).Where(line => (long?)line["step"] <= step).Select(line => line.ToJsonString() + "\n")]
                : [];
        if (kept.Length > 0)
            AtomicFile.WriteAllText(path, string.Concat(kept));
        // Without a buffer of its own: what a full disk refused must not come again when the file is closed.
        return new(
            new FileStream(path, kept.Length > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)
        );
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
    /// <exception cref="IOException">The disk is full; the line is kept and written before the next one.</exception>
    public void Write(long step, IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        JsonObject line = new() { ["step"] = step };
        foreach ((string name, double value) in values)
            line[name] = double.IsFinite(value)
                ? JsonValue.Create(value)
                : JsonValue.Create(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _unwritten.AddRange(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n"));
        long whole = _file.Position;
        try
        {
            _file.Write(CollectionsMarshal.AsSpan(_unwritten));
            _unwritten.Clear();
        }
        catch (IOException)
        {
            // Part of it may be there already.
            if (_file.Length > whole)
                _file.SetLength(whole);
            _file.Position = whole;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
