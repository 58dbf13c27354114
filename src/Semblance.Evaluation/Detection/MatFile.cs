using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Semblance.Files;

namespace Semblance.Evaluation.Detection;

/// <summary>
/// Reads variables of MATLAB's level 5 files (MathWorks, "MAT-File Format"): numbers, text and cells, plain or compressed, of either byte
/// order. Structures, objects and sparse matrices are refused.
/// </summary>
internal sealed class MatFile
{
    private const int HeaderLength = 128,
        DeepestNesting = 16;
    private const int Compressed = 15,
        Matrix = 14;

    private readonly bool _bigEndian;

    private MatFile(bool bigEndian) => _bigEndian = bigEndian;

    /// <summary>The variables of a file by name.</summary>
    /// <exception cref="EvaluationException">Not readable, or no such file.</exception>
    public static IReadOnlyDictionary<string, MatValue> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = RegularFile.ReadAllBytes(path, LargestFiles.Text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvaluationException($"{path}: cannot be read: {e.Message}", e);
        }
        if (bytes.Length < HeaderLength)
            throw new EvaluationException($"{path} is no MATLAB file: it is {bytes.Length} bytes long");
        // The last two bytes of the header are 'M' 'I' as a 16-bit number in the file's own order.
        bool? bigEndian = (bytes[126], bytes[127]) switch
        {
            ((byte)'I', (byte)'M') => false,
            ((byte)'M', (byte)'I') => true,
            _ => null,
        };
        MatFile file = new(
            bigEndian ?? throw new EvaluationException($"{path} is no MATLAB file of level 5; save it with -v7 where it is a newer one")
        );
        try
        {
            return file.Variables(bytes.AsSpan(HeaderLength));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidDataException or OverflowException)
        {
            throw new EvaluationException($"{path}: the file is damaged: {e.Message}", e);
        }
    }

    private Dictionary<string, MatValue> Variables(ReadOnlySpan<byte> rest)
    {
        Dictionary<string, MatValue> variables = [];
        while (rest.Length >= 8)
        {
            TypedBytes element = Element(ref rest);
            if (element.Type == Compressed)
            {
                ReadOnlySpan<byte> plain = Inflate(element.Data);
                Keep(Element(ref plain));
            }
            else
                Keep(element);
        }
        return variables;

        void Keep(TypedBytes element)
        {
            if (element.Type != Matrix)
                throw new InvalidDataException($"an element of type {element.Type} stands where a variable was expected");
            (string name, MatValue value) = Variable(element.Data, depth: 0);
            variables[name] = value;
        }
    }

    private static byte[] Inflate(ReadOnlySpan<byte> data)
    {
        using MemoryStream packed = new(data.ToArray());
        using ZLibStream zlib = new(packed, CompressionMode.Decompress);
        using MemoryStream plain = new();
        zlib.CopyTo(plain);
        return plain.ToArray();
    }

    private (string Name, MatValue Value) Variable(ReadOnlySpan<byte> data, int depth)
    {
        if (depth > DeepestNesting)
            throw new InvalidDataException("cells are nested too deeply");
        if (data.IsEmpty)
            return ("", new([0, 0], [], null, null));
        int @class = (int)(UInt32(Element(ref data).Data) & 0xff);
        double[] sizes = Numbers(Element(ref data));
        int[] dimensions = [.. sizes.Select(size => checked((int)size))];
        string name = Encoding.ASCII.GetString(Element(ref data).Data);
        int count = dimensions.Aggregate(1, (a, b) => checked(a * b));
        if (count < 0)
            throw new InvalidDataException("a dimension is negative");
        switch (@class)
        {
            case 1:
                List<MatValue> cells = [];
                for (int i = 0; i < count; i++)
                    cells.Add(Variable(Element(ref data).Data, depth + 1).Value);
                return (name, new(dimensions, [], cells, null));
            case 4:
                return (name, new(dimensions, [], null, Text(Element(ref data))));
            case >= 6 and <= 15:
                double[] numbers = count == 0 && data.IsEmpty ? [] : Numbers(Element(ref data));
                return numbers.Length == count
                    ? (name, new(dimensions, numbers, null, null))
                    : throw new InvalidDataException($"'{name}' has {numbers.Length} numbers for {count} places");
            default:
                throw new InvalidDataException($"'{name}' is a variable of class {@class}; numbers, text and cells are read");
        }
    }

    /// <summary>Takes the next element off; small ones have their data in the tag.</summary>
    private TypedBytes Element(ref ReadOnlySpan<byte> rest)
    {
        uint tag = UInt32(rest[..4]);
        if (tag >> 16 != 0)
        {
            int length = (int)(tag >> 16);
            TypedBytes small = new((int)(tag & 0xffff), rest.Slice(4, length));
            rest = rest[8..];
            return small;
        }
        int size = checked((int)UInt32(rest.Slice(4, 4)));
        TypedBytes element = new((int)tag, rest.Slice(8, size));
        int padded = tag == Compressed ? size : (size + 7) / 8 * 8;
        rest = rest[Math.Min(rest.Length, 8 + padded)..];
        return element;
    }

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private double[] Numbers(TypedBytes element)
    {
        int size = element.Type switch
        {
            1 or 2 => 1,
            3 or 4 => 2,
            5 or 6 or 7 => 4,
            9 or 12 or 13 => 8,
            _ => throw new InvalidDataException($"numbers of type {element.Type} are not known"),
        };
        double[] values = new double[element.Data.Length / size];
        Span<byte> one = stackalloc byte[8];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> bytes = one[..size];
            element.Data.Slice(i * size, size).CopyTo(bytes);
            if (_bigEndian)
                bytes.Reverse();
            values[i] = element.Type switch
            {
                1 => (sbyte)bytes[0],
                2 => bytes[0],
                3 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                4 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                5 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                6 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
                7 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                9 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                12 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            };
        }
        return values;
    }

    private string Text(TypedBytes element) =>
        element.Type switch
        {
            16 => Encoding.UTF8.GetString(element.Data),
            17 => (_bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(element.Data),
            _ => string.Concat(Numbers(element).Select(code => (char)code)),
        };

    private readonly ref struct TypedBytes(int type, ReadOnlySpan<byte> data)
    {
        public int Type { get; } = type;

        public ReadOnlySpan<byte> Data { get; } = data;
    }
}
