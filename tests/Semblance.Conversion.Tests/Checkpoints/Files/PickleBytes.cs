using System.Buffers.Binary;
using System.Text;

namespace Semblance.Conversion.Tests.Checkpoints.Files;

/// <summary>Writes pickles operation by operation, sound ones and others.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public PickleBytes Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBytes Protocol(byte version = 2) => Raw(0x80, version);

    public byte[] Stop() => Raw((byte)'.').ToArray();

    public PickleBytes Mark() => Raw((byte)'(');

    public PickleBytes None() => Raw((byte)'N');

    public PickleBytes Bool(bool value) => Raw((byte)(value ? 0x88 : 0x89));

    public PickleBytes Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Raw((byte)'X').Length32((uint)utf8.Length).Raw(utf8);
    }

    public PickleBytes Length32(uint length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, length);
        return Raw(bytes);
    }

    public PickleBytes Length64(ulong length)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return Raw(bytes);
    }

    public PickleBytes Number(long value) => Raw(0x8a, 8).Length64((ulong)value);

    public PickleBytes Global(string module, string name) => Raw((byte)'c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleBytes Reduce() => Raw((byte)'R');

    public PickleBytes EmptyTuple() => Raw((byte)')');

    public PickleBytes Tuple() => Raw((byte)'t');

    public PickleBytes Tuple(params IEnumerable<long> values)
    {
        Mark();
        foreach (long value in values)
            Number(value);
        return Tuple();
    }

    public PickleBytes EmptyDict() => Raw((byte)'}');

    public PickleBytes EmptyList() => Raw((byte)']');

    public PickleBytes SetItem() => Raw((byte)'s');

    public PickleBytes OrderedDict() => Global("collections", "OrderedDict").EmptyTuple().Reduce();

    public PickleBytes Storage(StoredTensor tensor) =>
        Mark()
            .Text("storage")
            .Global(tensor.StorageModule, tensor.StorageType)
            .Text(tensor.StorageKey)
            .Text("cpu")
            .Number(tensor.StorageCount)
            .Tuple()
            .Raw((byte)'Q');

    /// <summary>A tensor as <c>torch._utils._rebuild_tensor_v2</c> is called for it.</summary>
    public PickleBytes Tensor(StoredTensor tensor) =>
        Global("torch._utils", "_rebuild_tensor_v2")
            .Mark()
            .Storage(tensor)
            .Number(tensor.Offset)
            .Tuple(tensor.Shape)
            .Tuple(tensor.Strides)
            .Bool(false)
            .OrderedDict()
            .Tuple()
            .Reduce();

    /// <summary>An ordered dictionary of tensors.</summary>
    public PickleBytes StateDict(params IEnumerable<StoredTensor> tensors)
    {
        OrderedDict();
        foreach (StoredTensor tensor in tensors)
            Text(tensor.Name).Tensor(tensor).SetItem();
        return this;
    }
}

/// <summary>A tensor and the storage that it looks at.</summary>
internal sealed record StoredTensor(string Name, string StorageKey, string StorageType, long StorageCount, long[] Shape, long[] Strides)
{
    public string StorageModule { get; init; } = "torch";

    public long Offset { get; init; }

    /// <summary>A contiguous tensor of floats over a storage of its own size.</summary>
    public static StoredTensor Of(string name, string key, params long[] shape)
    {
        long[] strides = new long[shape.Length];
        long count = 1;
        for (int axis = shape.Length - 1; axis >= 0; count *= shape[axis--])
            strides[axis] = count;
        return new(name, key, "FloatStorage", count, shape, strides);
    }
}
