namespace Semblance.Conversion.Checkpoints;

/// <summary>The storages that a checkpoint names; one that is named twice is one storage.</summary>
/// <param name="fileLength">Bytes of the file.</param>
internal sealed class StorageTable(long fileLength)
{
    private readonly Dictionary<string, TensorStorage> _storages = [];

    /// <summary>The storages by name.</summary>
    public IReadOnlyDictionary<string, TensorStorage> All => _storages;

    /// <summary>The storage of a reference.</summary>
    /// <exception cref="ConversionException">It is described in two ways, or larger than the file.</exception>
    public TensorStorage Find(StorageReference reference)
    {
        if (reference.Count > fileLength / reference.Type.Size())
            throw new ConversionException(
                $"the storage '{reference.Key}' is said to hold {reference.Count} of {reference.Type}; the file has {fileLength} bytes"
            );
        if (!_storages.TryGetValue(reference.Key, out TensorStorage? storage))
            return _storages[reference.Key] = new(reference.Type, reference.Count) { FileLength = fileLength };
        return storage.Type == reference.Type && storage.Count == reference.Count
            ? storage
            : throw new ConversionException(
                $"the storage '{reference.Key}' is described in two ways: {storage.Count} of {storage.Type}, {reference.Count} of "
                    + $"{reference.Type}"
            );
    }
}
