using System.Globalization;
using System.Numerics;

namespace Semblance.Conversion.Checkpoints;

/// <summary>
/// PyTorch's format before 1.6: five pickles (a magic number, a version, facts about the machine, the object, the storages' names), then
/// each storage as its count and its raw numbers (<c>torch/serialization.py</c>, <c>_legacy_save</c>).
/// </summary>
internal static class TorchLegacyFile
{
    private const int Version = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);

    /// <summary>Whether a file begins with the magic number's pickle.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0x80, 0x02, 0x8a, 0x0a, ..];

    /// <summary>Reads the object; its tensors' numbers stay in the file.</summary>
    public static object? Read(FileSlice file)
    {
        StorageTable storages = new(file.Length);
        PickleInput input = new(file, 0);
        if (Next() is not BigInteger magic || magic != Magic)
            throw new ConversionException("not a file of PyTorch: it begins with another magic number");
        if (Next() is not long version || version != Version)
            throw new ConversionException("the file is of a format version that PyTorch does not have");
        if (Next() is PickleDict machine && machine.Entries.Exists(entry => entry is { Key: "little_endian", Value: false }))
            throw new ConversionException("the file was written on a big-endian machine; save it again on another one");
        object? root = Next();
        if (Next() is not PickleList keys)
            throw new ConversionException("the checkpoint is damaged: the list of its storages is missing");
        Locate(file, input.Position, storages, keys);
        return root;

        object? Next() => new PickleReader(input, storages.Find).Read();
    }

    private static void Locate(FileSlice file, long at, StorageTable storages, PickleList keys)
    {
        foreach (object? key in keys.Items)
        {
            if (key is not string name || !storages.All.TryGetValue(name, out TensorStorage? storage) || storage.IsFound)
                throw new ConversionException(
                    "the checkpoint is damaged: the list of its storages names one that it does not use, or one twice"
                );
            long count = BitConverter.ToInt64(file.Bytes(at, sizeof(long)));
            if (count != storage.Count)
                throw new ConversionException($"the storage '{name}' is announced with {storage.Count} numbers and stored with {count}");
            storage.Data = file.Part(at + sizeof(long), count * storage.Type.Size(), $"the storage '{name}'");
            at += sizeof(long) + storage.Data.Length;
        }
        string? missing = storages.All.FirstOrDefault(pair => !pair.Value.IsFound).Key;
        if (missing is not null)
            throw new ConversionException($"the checkpoint is damaged: the numbers of the storage '{missing}' are not in the file");
    }
}
