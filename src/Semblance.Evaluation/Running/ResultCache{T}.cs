using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Semblance.Evaluation.Running;

/// <summary>
/// What was found out about pictures, by the hash of their bytes, in a file of one line each that grows as work is done: an interrupted
/// evaluation goes on where it stopped, and a second one takes seconds. Thread-safe.
/// </summary>
/// <remarks>Embeddings are personal data: the file is its owner's alone to read, and goes when the folder is deleted.</remarks>
/// <typeparam name="T">What is kept; serialised as JSON.</typeparam>
public sealed class ResultCache<T> : IDisposable
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _known = [];
    private readonly JsonTypeInfo<T> _type;
    private readonly Lock _gate = new();
    private readonly StreamWriter? _file;

    internal ResultCache(JsonTypeInfo<T> type, StreamWriter? file) => (_type, _file) = (type, file);

    /// <summary>Results that are known.</summary>
    public int Count => _known.Count;

    /// <summary>What is known about a picture.</summary>
    /// <param name="hash">Of its bytes; see <see cref="ResultCache.HashOf"/>.</param>
    /// <param name="result">The result.</param>
    public bool TryGet(string hash, out T? result) => _known.TryGetValue(hash, out result);

    /// <summary>Keeps a result.</summary>
    /// <param name="hash">Of the picture's bytes.</param>
    /// <param name="result">The result.</param>
    public void Add(string hash, T result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!_known.TryAdd(hash, result) || _file is null)
            return;
        string line = $"{hash} {JsonSerializer.Serialize(result, _type)}";
        lock (_gate)
        {
            _file.WriteLine(line);
            _file.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>Reads what is there. A last line that was cut off, as by a loss of power, is taken off the file.</summary>
    internal void Load(FileStream stream, string settings)
    {
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        int whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        bool first = true;
        foreach (Range range in bytes.AsSpan(0, whole).Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = bytes.AsSpan(range);
            int blank = line.IndexOf((byte)' ');
            if (!first && blank > 0 && Parse(line[(blank + 1)..]) is { } result)
                _known[Encoding.ASCII.GetString(line[..blank])] = result;
            first = false;
        }
        stream.SetLength(whole);
        stream.Position = whole;
        if (whole > 0)
            return;
        _file!.WriteLine("# " + settings.ReplaceLineEndings(" "));
        _file.Flush();
    }

    private T? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, _type);
        }
        catch (JsonException)
        {
            // A line that something else wrote is worth nothing: the picture is done again.
            return null;
        }
    }
}
