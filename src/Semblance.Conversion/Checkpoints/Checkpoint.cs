using Microsoft.Win32.SafeHandles;

namespace Semblance.Conversion.Checkpoints;

/// <summary>
/// An open checkpoint: PyTorch's <c>.pt</c>, <c>.pth</c>, <c>.ckpt</c> or <c>.tar</c> in either of its formats, or safetensors; what
/// counts is what a file holds, not its name. Only its description is in memory; numbers are read when a tensor is asked for them, so
/// keep it open until then. Thread-safe.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly SafeFileHandle _file;

    private Checkpoint(SafeFileHandle file, IReadOnlyList<CheckpointPart> parts)
    {
        (_file, Parts) = (file, parts);
    }

    /// <summary>Every dictionary of tensors in it: the state_dict itself, or those that a training run keeps side by side.</summary>
    public IReadOnlyList<CheckpointPart> Parts { get; }

    /// <summary>Opens a file and reads its description. No code of the file is ever run.</summary>
    /// <exception cref="ConversionException">Not a checkpoint, damaged, or with something in it that is neither a tensor nor a plain
    /// container.</exception>
    public static Checkpoint Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            IReadOnlyList<CheckpointPart> parts = Read(FileSlice.Of(file));
            return parts.Count > 0 ? new(file, parts) : throw new ConversionException("the checkpoint holds no tensors by name");
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is ConversionException)
                throw new ConversionException($"{path}: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static IReadOnlyList<CheckpointPart> Read(FileSlice file)
    {
        byte[] head = file.Bytes(0, (int)Math.Min(16, file.Length));
        if (ZipDirectory.Begins(head))
            return StateDictSearch.In(TorchZipFile.Read(file));
        if (TorchLegacyFile.Begins(head))
            return StateDictSearch.In(TorchLegacyFile.Read(file));
        if (SafeTensorsFile.Begins(head))
            return [new("", SafeTensorsFile.Read(file))];
        throw new ConversionException("not a checkpoint: neither of PyTorch's formats, nor safetensors");
    }
}
