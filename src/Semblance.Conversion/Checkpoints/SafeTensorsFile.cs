using System.Buffers.Binary;
using System.Text.Json;
using Semblance.Conversion.Weights;

namespace Semblance.Conversion.Checkpoints;

/// <summary>
/// The safetensors format: a length, a JSON object that says type, shape and place of every tensor, then the numbers, without gaps or
/// overlaps (<c>github.com/huggingface/safetensors</c>, section Format).
/// </summary>
internal static class SafeTensorsFile
{
    private const int LengthSize = 8;

    /// <summary>Bytes of the largest header that is read; the largest networks of all need a few.</summary>
    private const long LargestHeader = 16 << 20;

    private const string Metadata = "__metadata__";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    /// <summary>Whether a file begins with a header's length and its brace.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.Length > LengthSize && head[LengthSize] == (byte)'{';

    /// <summary>Reads the header; the numbers stay in the file.</summary>
    public static StateDict Read(FileSlice file)
    {
        ulong announced = BinaryPrimitives.ReadUInt64LittleEndian(file.Bytes(0, LengthSize));
        if (announced > LargestHeader || announced > (ulong)(file.Length - LengthSize))
            throw new ConversionException(
                $"not a safetensors file, or cut off: its header is said to take {announced} bytes, the file has {file.Length}"
            );
        byte[] header = file.Bytes(LengthSize, (int)announced);
        FileSlice numbers = file.Part(LengthSize + header.Length, file.Length - LengthSize - header.Length, "the numbers");
        List<Entry> entries = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(header, Strict);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
                if (property.Name != Metadata)
                    entries.Add(Entry.Read(property));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ConversionException($"the header of the safetensors file is not understood: {e.Message}", e);
        }
        CheckPlaces(entries, numbers.Length);
        HashSet<string> names = [];
        Entry? repeated = entries.Find(entry => !names.Add(entry.Name));
        return repeated is null
            ? new(entries.Select(entry => KeyValuePair.Create<string, StateTensor>(entry.Name, entry.Tensor(numbers, file.Length))))
            : throw new ConversionException($"the safetensors file has the tensor '{repeated.Name}' twice");
    }

    private static void CheckPlaces(List<Entry> entries, long length)
    {
        long at = 0;
        foreach (Entry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != at || entry.End < entry.Begin)
                throw new ConversionException(
                    $"the tensor '{entry.Name}' of the safetensors file is said to be at {entry.Begin} to {entry.End}; {at} was "
                        + $"expected first"
                );
            at = entry.End;
        }
        if (at != length)
            throw new ConversionException($"the safetensors file has {length} bytes of numbers, its header tells of {at}");
    }

    private sealed record Entry(string Name, ElementType Type, long[] Shape, long Begin, long End)
    {
        public static Entry Read(JsonProperty property)
        {
            string type = property.Value.GetProperty("dtype").GetString() ?? "";
            ElementType element = ElementTypes.OfSafeTensors(type)
                ?? throw new ConversionException($"the tensor '{property.Name}' has the type {type}, which cannot be read");
            long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            long[] place = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
            return place is [>= 0, >= 0]
                ? new(property.Name, element, shape, place[0], place[1])
                : throw new ConversionException($"the place of the tensor '{property.Name}' in the safetensors file is not understood");
        }

        public TorchTensor Tensor(FileSlice numbers, long fileLength)
        {
            long bytes = End - Begin;
            Int128 expected = Shape.Aggregate((Int128)Type.Size(), (product, size) => Int128.Clamp(product * size, -1, long.MaxValue));
            if (expected != bytes)
                throw new ConversionException(
                    $"the tensor '{Name}' of the safetensors file has {bytes} bytes, its shape [{string.Join(", ", Shape.Take(8))}] "
                        + $"needs {expected}"
                );
            long[] strides = new long[Shape.Length];
            for (long axis = Shape.Length - 1, stride = 1; axis >= 0; stride *= Shape[axis--])
                strides[axis] = stride;
            TensorStorage storage = new(Type, bytes / Type.Size())
            {
                FileLength = fileLength,
                Data = numbers.Part(Begin, bytes, $"the tensor '{Name}'"),
            };
            return TorchTensor.Create(storage, Type, 0, Shape, strides);
        }
    }
}
