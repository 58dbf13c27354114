using static TorchSharp.torch;

namespace Semblance.Training.Attributes.Training;

/// <summary>A list of float tensors in a file: the count, then for each its length and its values, little-endian.</summary>
internal static class TensorFile
{
    /// <summary>Writes tensors in order.</summary>
    public static void Write(string path, IReadOnlyList<Tensor> tensors)
    {
        using BinaryWriter writer = new(File.Create(path));
        writer.Write(tensors.Count);
        foreach (Tensor tensor in tensors)
        {
            using Tensor detached = tensor.detach();
            float[] values = detached.data<float>().ToArray();
            writer.Write(values.Length);
            writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    /// <summary>Reads values back into tensors of the same sizes.</summary>
    /// <exception cref="InvalidDataException">The file is of other tensors.</exception>
    public static void Read(string path, IReadOnlyList<Tensor> tensors)
    {
        using BinaryReader reader = new(File.OpenRead(path));
        if (reader.ReadInt32() != tensors.Count) throw new InvalidDataException("it belongs to another network");
        using var _ = no_grad();
        foreach (Tensor tensor in tensors)
        {
            int length = reader.ReadInt32();
            if (length != tensor.numel()) throw new InvalidDataException("it belongs to another network");
            float[] values = new float[length];
            reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
            using Tensor read = from_array(values).reshape(tensor.shape);
            tensor.copy_(read);
        }
    }
}
