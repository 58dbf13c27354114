using System.Runtime.InteropServices;
using Semblance.Gallery.Privacy;

namespace Semblance.Gallery.Sqlite;

/// <summary>Vectors and crops as they lie in the file: little-endian float32 and PNG, sealed where the gallery is encrypted.
/// Thread-safe.</summary>
/// <param name="cipher">Seals and opens; null in a gallery that is not encrypted.</param>
internal sealed class VectorBytes(PayloadCipher? cipher)
{
    public byte[] Pack(Guid reference, ReadOnlySpan<float> vector)
    {
        ReadOnlySpan<byte> plain = MemoryMarshal.AsBytes(vector);
        return cipher is null ? plain.ToArray() : cipher.Seal(plain, reference, PayloadKind.Vector);
    }

    public float[] Unpack(Guid reference, byte[] bytes)
    {
        byte[] plain = cipher is null ? bytes : cipher.Open(bytes, reference, PayloadKind.Vector);
        return MemoryMarshal.Cast<byte, float>(plain).ToArray();
    }

    public byte[] PackCrop(Guid reference, ReadOnlySpan<byte> png) =>
        cipher is null ? png.ToArray() : cipher.Seal(png, reference, PayloadKind.Crop);

    public byte[] UnpackCrop(Guid reference, byte[] bytes) => cipher is null ? bytes : cipher.Open(bytes, reference, PayloadKind.Crop);
}
