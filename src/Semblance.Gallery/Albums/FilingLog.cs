using System.Text.Json;
using System.Text.Json.Serialization;
using Semblance.Files;
using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Albums;

/// <summary>
/// What was done with an album, one JSON object a line, written before each step: however the work ends, all of it can be undone.
/// </summary>
public sealed class FilingLog : IDisposable
{
    private const long LargestFile = 1L << 30;

    private readonly StreamWriter _lines;

    private FilingLog(string path, StreamWriter lines) => (Path, _lines) = (path, lines);

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Begins a log.</summary>
    /// <param name="path">A file that is not there yet.</param>
    /// <exception cref="IOException">It is there.</exception>
    public static FilingLog Create(string path) => new(path, new(PrivateFiles.Create(path)));

    /// <summary>Writes a step that is about to be done.</summary>
    public void Write(FilingStep step)
    {
        _lines.WriteLine(JsonSerializer.Serialize(step, FilingJson.Default.FilingStep));
        _lines.Flush();
    }

    /// <summary>The steps of a log, the first first. A line that was cut off by the end of the program is left out: its step was not
    /// begun.</summary>
    /// <exception cref="FilingLogException">It is no such log.</exception>
    public static IReadOnlyList<FilingStep> Read(string path)
    {
        List<FilingStep> steps = [];
        string[] lines = [.. RegularFile.ReadLines(path, LargestFile)];
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            try
            {
                FilingStep? step = JsonSerializer.Deserialize(lines[i], FilingJson.Default.FilingStep);
                steps.Add(step is not null && IsPath(step.To) ? step : throw new JsonException("no step"));
            }
            catch (JsonException e)
            {
                if (i < lines.Length - 1 || i == 0)
                    throw new FilingLogException(path, i + 1, e);
            }
        }
        return steps;
    }

    private static bool IsPath(string path) => System.IO.Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}

/// <summary>The form of a log's lines.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(FilingStep))]
internal sealed partial class FilingJson : JsonSerializerContext;
