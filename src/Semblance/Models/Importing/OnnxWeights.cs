using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Semblance.Models.Importing;

/// <summary>
/// Looks for numbers in the weights of an ONNX file that are none (NaN). Running the network does not always show them: activations such as
/// ReLU make a 0 of them. The messages of onnx.proto are walked, not kept.
/// </summary>
internal static class OnnxWeights
{
    /// <summary>Graphs within graphs, of loops and branches.</summary>
    private const int DeepestGraph = 32;

    private const int VarInt = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5;

    private const int Float = 1,
        Half = 10,
        Double = 11,
        BrainFloat = 16;

    /// <summary>Finds a tensor with NaN.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <returns>Its name; null where there is none, or where the file is no ONNX, which its loading will say.</returns>
    public static unsafe string? FindNotANumber(string path)
    {
        long length = new FileInfo(path).Length;
        if (length is 0 or > int.MaxValue)
            return null;
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        using MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            return InModel(new(start + view.PointerOffset, (int)length));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <summary>ModelProto: graph 7, functions 25.</summary>
    private static string? InModel(ReadOnlySpan<byte> message)
    {
        string? found = null;
        while (found is null && Next(ref message, out int field, out ReadOnlySpan<byte> content))
            found = field is 7 or 25 ? InGraph(content, node: field == 7 ? 1 : 7, 0) : null;
        return found;
    }

    /// <summary>GraphProto: node 1, initializer 5, sparse_initializer 15 with values 1. FunctionProto: node 7.</summary>
    private static string? InGraph(ReadOnlySpan<byte> message, int node, int depth)
    {
        string? found = null;
        while (found is null && depth < DeepestGraph && Next(ref message, out int field, out ReadOnlySpan<byte> content))
        {
            if (field == node)
                found = InNode(content, depth);
            else if (node == 1 && field == 5)
                found = InTensor(content);
            else if (node == 1 && field == 15)
                found = InSparse(content);
        }
        return found;
    }

    /// <summary>SparseTensorProto: values 1.</summary>
    private static string? InSparse(ReadOnlySpan<byte> message)
    {
        string? found = null;
        while (found is null && Next(ref message, out int field, out ReadOnlySpan<byte> values))
            found = field == 1 ? InTensor(values) : null;
        return found;
    }

    /// <summary>NodeProto: attribute 5.</summary>
    private static string? InNode(ReadOnlySpan<byte> message, int depth)
    {
        string? found = null;
        while (found is null && Next(ref message, out int field, out ReadOnlySpan<byte> attribute))
            found = field == 5 ? InAttribute(attribute, depth) : null;
        return found;
    }

    /// <summary>AttributeProto: name 1, f 2, t 5, g 6, floats 7, tensors 10, graphs 11, sparse_tensor 22, sparse_tensors 23.</summary>
    private static string? InAttribute(ReadOnlySpan<byte> message, int depth)
    {
        string? found = null;
        string name = "";
        while (found is null && Next(ref message, out int field, out ReadOnlySpan<byte> content))
        {
            if (field == 1)
                name = Encoding.UTF8.GetString(content);
            found = field switch
            {
                2 or 7 => HasNaN<float>(content) ? name : null,
                5 or 10 => InTensor(content),
                6 or 11 => InGraph(content, 1, depth + 1),
                22 or 23 => InSparse(content),
                _ => null,
            };
        }
        return found;
    }

    /// <summary>TensorProto: data_type 2, float_data 4, int32_data 5 (numbers of 16 bits), name 8, raw_data 9, double_data 10. Repeated
    /// fields come in one piece, in several, or number by number.</summary>
    private static string? InTensor(ReadOnlySpan<byte> message)
    {
        int type = 0;
        string name = "";
        ReadOnlySpan<byte> raw = default;
        bool broken = false,
            noHalf = false,
            noBrainFloat = false;
        while (Next(ref message, out int field, out ReadOnlySpan<byte> content, out ulong number))
        {
            switch (field)
            {
                case 2:
                    type = (int)number;
                    break;
                case 4:
                    broken |= HasNaN<float>(content);
                    break;
                case 5:
                    do
                    {
                        noHalf |= IsNaN((int)number, exponent: 0x7C00);
                        noBrainFloat |= IsNaN((int)number, exponent: 0x7F80);
                    } while (ReadVarInt(ref content, out number));
                    break;
                case 8:
                    name = Encoding.UTF8.GetString(content);
                    break;
                case 9:
                    raw = content;
                    break;
                case 10:
                    broken |= HasNaN<double>(content);
                    break;
            }
        }
        broken |= type switch
        {
            Float => HasNaN<float>(raw),
            Double => HasNaN<double>(raw),
            Half => noHalf || HasNaN(raw, exponent: 0x7C00),
            BrainFloat => noBrainFloat || HasNaN(raw, exponent: 0x7F80),
            _ => false,
        };
        return broken ? name : null;
    }

    /// <summary>A number that is none differs from itself.</summary>
    private static bool HasNaN<T>(ReadOnlySpan<byte> bytes)
        where T : struct, INumber<T>
    {
        ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(bytes);
        int i = 0;
        for (; i <= numbers.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> some = new(numbers[i..]);
            if (!Vector.EqualsAll(some, some))
                return true;
        }
        foreach (T number in numbers[i..])
            if (T.IsNaN(number))
                return true;
        return false;
    }

    private static bool HasNaN(ReadOnlySpan<byte> bytes, int exponent)
    {
        foreach (ushort number in MemoryMarshal.Cast<byte, ushort>(bytes))
            if (IsNaN(number, exponent))
                return true;
        return false;
    }

    /// <summary>All bits of the exponent, and some of the fraction.</summary>
    private static bool IsNaN(int number, int exponent) => (number & 0x7FFF) > exponent;

    private static bool Next(scoped ref ReadOnlySpan<byte> message, out int field, out ReadOnlySpan<byte> content) =>
        Next(ref message, out field, out content, out _);

    /// <summary>The next field of a message of protocol buffers.</summary>
    private static bool Next(scoped ref ReadOnlySpan<byte> message, out int field, out ReadOnlySpan<byte> content, out ulong number)
    {
        field = 0;
        number = 0;
        content = default;
        if (!ReadVarInt(ref message, out ulong tag))
            return false;
        field = (int)(tag >> 3);
        ulong length;
        switch ((int)(tag & 7))
        {
            case VarInt:
                return ReadVarInt(ref message, out number);
            case Fixed64:
                length = 8;
                break;
            case Fixed32:
                length = 4;
                break;
            case Bytes when ReadVarInt(ref message, out length):
                break;
            default:
                return false;
        }
        if (length > (ulong)message.Length)
            return false;
        content = message[..(int)length];
        message = message[(int)length..];
        return true;
    }

    private static bool ReadVarInt(scoped ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (int i = 0; i < Math.Min(10, message.Length); i++)
        {
            value |= (ulong)(message[i] & 0x7F) << (7 * i);
            if (message[i] >= 0x80)
                continue;
            message = message[(i + 1)..];
            return true;
        }
        return false;
    }
}
