using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Semblance.Files;
using static TorchSharp.torch;

namespace Semblance.Training.Trainer;

/// <summary>
/// A file of named tensors and a few words about them, in the safetensors format: 8 bytes with the length of a JSON header, the header with
/// type, shape and place of every tensor, the tensors.
/// </summary>
/// <param name="Metadata">Names and values.</param>
/// <param name="Tensors">On the processor.</param>
internal sealed record TensorFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, Tensor> Tensors)
{
    private const string MetadataKey = "__metadata__";
    private const int LongestHeader = 100_000_000;

    private static readonly (ScalarType Type, string Name, int Bytes)[] Types =
    [
        (ScalarType.Float32, "F32", 4),
        (ScalarType.Int64, "I64", 8),
        (ScalarType.Float64, "F64", 8),
    ];

    /// <summary>Writes the file.</summary>
    /// <exception cref="FileWriteException">The disk is full or the file cannot be written; an older file is as it was.</exception>
    public void Write(string path) => AtomicFile.Write(path, WriteTo);

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrainingException">It is no such file, or cut off.</exception>
    public static TensorFile Read(string path)
    {
        try
        {
            using FileStream stream = RegularFile.Open(path);
            Span<byte> length = stackalloc byte[8];
            stream.ReadExactly(length);
            long size = BinaryPrimitives.ReadInt64LittleEndian(length);
            if (size is < 2 or > LongestHeader)
                throw new TrainingException($"{path} is no safetensors file");
            byte[] header = new byte[size];
            stream.ReadExactly(header);
            JsonObject entries = JsonNode.Parse(header)!.AsObject();
            Dictionary<string, string> metadata = entries[MetadataKey]
                ?.AsObject()
                .ToDictionary(entry => entry.Key, entry => (string)entry.Value!)
                ?? [];
            return new(
                metadata,
                entries
                    .Where(entry => entry.Key != MetadataKey)
                    .ToDictionary(entry => entry.Key, entry => ReadTensor(stream, entry.Value!, 8 + size))
            );
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or InvalidOperationException or FormatException)
        {
            throw new TrainingException($"{path} is no safetensors file, or cut off: {e.Message}", e);
        }
    }

    private void WriteTo(FileStream stream)
    {
        JsonObject header = new()
        {
            [MetadataKey] = new JsonObject(Metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        };
        long offset = 0;
        foreach ((string name, Tensor tensor) in Tensors)
        {
            (_, string type, int bytes) = TypeOf(tensor.dtype);
            long end = offset + tensor.numel() * bytes;
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. tensor.shape.Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        int padding = (8 - text.Length % 8) % 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length + padding);
        stream.Write(length);
        stream.Write(text);
        for (int i = 0; i < padding; i++)
            stream.WriteByte((byte)' ');
        foreach (Tensor tensor in Tensors.Values)
        {
            using Tensor plain = tensor.detach().contiguous();
            stream.Write(plain.bytes);
        }
    }

    private static Tensor ReadTensor(FileStream stream, JsonNode entry, long start)
    {
        (ScalarType type, _, int bytes) = Types.FirstOrDefault(known => known.Name == (string?)entry["dtype"]);
        if (bytes == 0)
            throw new FormatException($"type {entry["dtype"]} is not known");
        long[] shape = [.. entry["shape"]!.AsArray().Select(size => (long)size!)];
        long first = (long)entry["data_offsets"]![0]!,
            size = shape.Aggregate(1L, (product, axis) => product * axis) * bytes;
        if (size < 0 || start + first + size > stream.Length)
            throw new EndOfStreamException("a tensor reaches past the end");
        byte[] data = new byte[size];
        stream.Position = start + first;
        stream.ReadExactly(data);
        return type switch
        {
            ScalarType.Float32 => tensor(MemoryMarshal.Cast<byte, float>(data).ToArray(), shape),
            ScalarType.Int64 => tensor(MemoryMarshal.Cast<byte, long>(data).ToArray(), shape),
            _ => tensor(MemoryMarshal.Cast<byte, double>(data).ToArray(), shape),
        };
    }

    private static (ScalarType Type, string Name, int Bytes) TypeOf(ScalarType type) =>
        Types.FirstOrDefault(known => known.Type == type) is { Bytes: > 0 } known
            ? known
            : throw new NotSupportedException($"tensors of type {type} are not written");
}
