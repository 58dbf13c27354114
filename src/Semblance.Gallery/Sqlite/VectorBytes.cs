using System.Runtime.InteropServices;
using Semblance.Gallery.Privacy;
using Semblance.Gallery.Search;

namespace Semblance.Gallery.Sqlite;

/// <summary>Vectors and crops as they lie in the file: little-endian float32 and PNG, sealed where the gallery is encrypted.
/// Thread-safe.</summary>
/// <param name="cipher">Seals and opens; null in a gallery that is not encrypted.</param>
/// <param name="dimension">Components of a vector.</param>
/// <param name="bindsOwner">Whether what is sealed is bound to its person, as it is but in files of before.</param>
internal sealed class VectorBytes(PayloadCipher? cipher, int dimension, bool bindsOwner = true)
{
    public byte[] Pack(Guid reference, Guid person, ReadOnlySpan<float> vector)
    {
        ReadOnlySpan<byte> plain = MemoryMarshal.AsBytes(vector);
        return cipher is null ? plain.ToArray() : cipher.Seal(plain, reference, PayloadKind.Vector, Owner(person));
    }

    /// <summary>The vector of a reference.</summary>
    /// <exception cref="FormatException">It is none: of another length, not finite, or not of unit length.</exception>
    /// <exception cref="GalleryException">It was altered or sealed with another key.</exception>
    public float[] Unpack(Guid reference, Guid person, byte[] bytes)
    {
        byte[] plain = cipher is null ? bytes : cipher.Open(bytes, reference, PayloadKind.Vector, Owner(person));
        if (plain.Length != dimension * sizeof(float))
            throw new FormatException(
                FormattableString.Invariant($"the vector has {plain.Length} bytes, {dimension * sizeof(float)} are expected")
            );
        float[] vector = MemoryMarshal.Cast<byte, float>(plain).ToArray();
        return UnitVectors.ProblemOf(vector) is { } problem ? throw new FormatException(problem) : vector;
    }

    public byte[] PackCrop(Guid reference, Guid person, ReadOnlySpan<byte> png) =>
        cipher is null ? png.ToArray() : cipher.Seal(png, reference, PayloadKind.Crop, Owner(person));

    public byte[] UnpackCrop(Guid reference, Guid person, byte[] bytes) =>
        cipher is null ? bytes : cipher.Open(bytes, reference, PayloadKind.Crop, Owner(person));

    private Guid? Owner(Guid person) => bindsOwner ? person : null;
}
