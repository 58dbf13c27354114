using System.Text;

namespace Semblance.Conversion.Checkpoints;

/// <summary>PyTorch's format since 1.6: an archive with <c>NAME/data.pkl</c> and the numbers of each storage in
/// <c>NAME/data/KEY</c>.</summary>
internal static class TorchZipFile
{
    private const string ObjectEntry = "/data.pkl",
        ProgramEntry = "/constants.pkl";

    /// <summary>Longest text of the entry that tells the byte order.</summary>
    private const int LongestByteOrder = 16;

    /// <summary>Reads the object; its tensors' numbers stay in the file.</summary>
    public static object? Read(FileSlice file)
    {
        ZipDirectory archive = ZipDirectory.Read(file);
        string entry = archive.Names.FirstOrDefault(name =>
            name.EndsWith(ObjectEntry, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - ObjectEntry.Length
        ) ?? throw new ConversionException("the archive is no file of PyTorch: it has no data.pkl");
        string folder = entry[..^ObjectEntry.Length];
        if (archive.Find(folder + ProgramEntry) is not null)
            throw new ConversionException(
                "the file is a TorchScript program, which is code; save its state_dict instead: torch.save(model.state_dict(), path)"
            );
        if (
            archive.Find(folder + "/byteorder") is { Length: <= LongestByteOrder } order
            && Encoding.ASCII.GetString(order.Bytes(0, (int)order.Length)).Trim() == "big"
        )
            throw new ConversionException("the file was written on a big-endian machine; save it again on another one");
        StorageTable storages = new(file.Length);
        return new PickleReader(new(archive.Find(entry)!, 0), Find).Read();

        TensorStorage Find(StorageReference reference)
        {
            TensorStorage storage = storages.Find(reference);
            if (!storage.IsFound)
            {
                storage.Data = archive.Find($"{folder}/data/{reference.Key}")
                    ?? throw new ConversionException(
                        $"the checkpoint is damaged: the numbers of the storage '{reference.Key}' are not in the archive"
                    );
            }
            return storage;
        }
    }
}
