using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Semblance.Conversion.Checkpoints;

/// <summary>Reads stored numbers of any type as floats.</summary>
internal static class ElementReader
{
    /// <summary>Numbers of another type than float are read in pieces of this many bytes.</summary>
    private const int Piece = 1 << 20;

    /// <summary>Fills floats from a stretch of a file.</summary>
    /// <param name="slice">The stretch.</param>
    /// <param name="type">How its numbers are written.</param>
    /// <param name="first">Number of the first element.</param>
    /// <param name="into">The floats.</param>
    public static void Read(FileSlice slice, ElementType type, long first, Span<float> into)
    {
        int size = type.Size();
        if (type == ElementType.Float32)
        {
            slice.Read(first * size, MemoryMarshal.AsBytes(into));
            return;
        }
        byte[] piece = new byte[(int)Math.Min(Piece, (long)into.Length * size)];
        while (!into.IsEmpty)
        {
            int count = Math.Min(into.Length, piece.Length / size);
            Span<byte> bytes = piece.AsSpan(0, count * size);
            slice.Read(first * size, bytes);
            Convert(bytes, type, into[..count]);
            first += count;
            into = into[count..];
        }
    }

    private static void Convert(ReadOnlySpan<byte> bytes, ElementType type, Span<float> into)
    {
        switch (type)
        {
            case ElementType.Float16:
                for (int i = 0; i < into.Length; i++)
                    into[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                break;
            case ElementType.BFloat16:
                for (int i = 0; i < into.Length; i++)
                    into[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
                break;
            case ElementType.Float64:
                for (int i = 0; i < into.Length; i++)
                    into[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                break;
            case ElementType.Int64:
                for (int i = 0; i < into.Length; i++)
                    into[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]);
                break;
            case ElementType.Int32:
                for (int i = 0; i < into.Length; i++)
                    into[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
                break;
            case ElementType.Int16:
                for (int i = 0; i < into.Length; i++)
                    into[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]);
                break;
            case ElementType.Int8:
                for (int i = 0; i < into.Length; i++)
                    into[i] = (sbyte)bytes[i];
                break;
            default:
                for (int i = 0; i < into.Length; i++)
                    into[i] = bytes[i];
                break;
        }
    }
}
