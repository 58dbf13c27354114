using System.Buffers.Binary;
using System.Text.Json;

namespace Semblance.Conversion.FaceApi;

/// <summary>
/// Weights as face-api.js and its descendants keep them: a JSON manifest that lists tensors in order, and shards of raw numbers, float32 or
/// uint8 with a scale and a minimum.
/// </summary>
internal sealed class FaceApiWeights
{
    private readonly Dictionary<string, FaceApiTensor> _tensors = [];

    private FaceApiWeights() { }

    /// <summary>The names, in the order of the manifest.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>One tensor.</summary>
    /// <exception cref="ConversionException">There is none of this name.</exception>
    public FaceApiTensor this[string name] =>
        _tensors.TryGetValue(name, out FaceApiTensor? tensor)
            ? tensor
            : throw new ConversionException($"the weights hold no tensor '{name}'");

    /// <summary>Reads a manifest and the shards beside it.</summary>
    /// <exception cref="ConversionException">The manifest is not understood, or a shard is missing or too short.</exception>
    public static FaceApiWeights Read(string manifestPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        return Read(File.ReadAllBytes(manifestPath), shard =>
        {
            string path = Path.Combine(folder, Path.GetFileName(shard));
            return File.Exists(path)
                ? File.ReadAllBytes(path)
                : throw new ConversionException($"{manifestPath} names the shard {shard}, which is not there");
        });
    }

    /// <summary>Reads a manifest whose shards are given by a function.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static FaceApiWeights Read(ReadOnlySpan<byte> manifest, Func<string, byte[]> readShard)
    {
        ArgumentNullException.ThrowIfNull(readShard);
        FaceApiWeights weights = new();
        try
        {
            Utf8JsonReader reader = new(manifest);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            foreach (JsonElement group in document.RootElement.EnumerateArray())
            {
                byte[] bytes = [.. group.GetProperty("paths").EnumerateArray().SelectMany(path => readShard(path.GetString()!))];
                int offset = 0;
                foreach (JsonElement entry in group.GetProperty("weights").EnumerateArray())
                    weights.ReadTensor(entry, bytes, ref offset);
            }
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ConversionException($"the weights manifest is not understood: {e.Message}", e);
        }
        return weights;
    }

    private void ReadTensor(JsonElement entry, ReadOnlySpan<byte> bytes, ref int offset)
    {
        string name = entry.GetProperty("name").GetString()!;
        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        long count = shape.Aggregate(1L, (product, size) => size < 0 || product > int.MaxValue ? long.MaxValue >> 32 : product * size);
        bool quantized = entry.TryGetProperty("quantization", out JsonElement quantization);
        string type = (quantized ? quantization : entry).GetProperty("dtype").GetString()!;
        int each = type switch
        {
            "float32" => 4,
            "uint8" => 1,
            _ => throw new ConversionException($"tensor '{name}' has the type {type}; float32 and uint8 can be read"),
        };
        if (count * each > bytes.Length - offset)
            throw new ConversionException(
                $"the shard is too short for tensor '{name}': {count * each} bytes needed, {bytes.Length - offset} left"
            );
        float[] values = new float[count];
        ReadOnlySpan<byte> raw = bytes.Slice(offset, (int)count * each);
        if (each == 4)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(raw[(4 * i)..]);
        }
        else
        {
            float scale = quantization.GetProperty("scale").GetSingle(),
                minimum = quantization.GetProperty("min").GetSingle();
            for (int i = 0; i < values.Length; i++)
                values[i] = raw[i] * scale + minimum;
        }
        offset += raw.Length;
        _tensors[name] = new(name, shape, values);
    }
}

/// <summary>One tensor of a weights file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Sizes of its axes.</param>
/// <param name="Values">Row-major.</param>
internal sealed record FaceApiTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
