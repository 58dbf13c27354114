using System.Buffers.Binary;

namespace Semblance.Conversion.TfLite;

/// <summary>A TensorFlow Lite file (schema 3): one graph of tensors and operators.</summary>
/// <param name="Tensors">All tensors, constants included.</param>
/// <param name="Operators">In the order of execution.</param>
/// <param name="Inputs">Indexes of the tensors fed in.</param>
/// <param name="Outputs">Indexes of the tensors that come out.</param>
internal sealed record TfLiteModel(
    IReadOnlyList<TfLiteTensor> Tensors,
    IReadOnlyList<TfLiteOperator> Operators,
    IReadOnlyList<int> Inputs,
    IReadOnlyList<int> Outputs
)
{
    private const int SchemaVersion = 3;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConversionException">Not TFLite, cut off, or of another schema.</exception>
    public static TfLiteModel Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < 8 || !file.Span[4..8].SequenceEqual("TFL3"u8))
            throw new ConversionException("not a TFLite file: it does not begin with TFL3");
        try
        {
            return Read(new FlatBuffer(file).Root);
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException)
        {
            throw new ConversionException("not a TFLite file, or damaged: a count is impossible", e);
        }
    }

    /// <summary>The constant numbers of a tensor as floats; 16-bit ones are widened.</summary>
    /// <exception cref="ConversionException">It is no constant, or of another type.</exception>
    public float[] Floats(int tensor)
    {
        TfLiteTensor t = Tensors[tensor];
        ReadOnlySpan<byte> raw = t.Data.Span;
        float[] values = new float[t.Shape.Aggregate(1L, (product, size) => product * size)];
        int each = t.Type switch
        {
            TfLiteType.Float32 => 4,
            TfLiteType.Float16 => 2,
            _ => throw new ConversionException($"tensor '{t.Name}' holds {t.Type}, floats were expected"),
        };
        if (raw.Length != each * (long)values.Length)
            throw new ConversionException($"tensor '{t.Name}' has {raw.Length} bytes, its shape needs {each * (long)values.Length}");
        for (int i = 0; i < values.Length; i++)
            values[i] =
                each == 4
                    ? BinaryPrimitives.ReadSingleLittleEndian(raw[(4 * i)..])
                    : (float)BinaryPrimitives.ReadHalfLittleEndian(raw[(2 * i)..]);
        return values;
    }

    /// <summary>The constant numbers of a tensor as whole numbers.</summary>
    /// <exception cref="ConversionException">It is no constant of 32-bit integers.</exception>
    public int[] Integers(int tensor)
    {
        TfLiteTensor t = Tensors[tensor];
        if (t.Type != TfLiteType.Int32 || t.Data.IsEmpty)
            throw new ConversionException($"tensor '{t.Name}' is no constant of 32-bit integers");
        int[] values = new int[t.Data.Length / 4];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(t.Data.Span[(4 * i)..]);
        return values;
    }

    private static TfLiteModel Read(FlatTable model)
    {
        if (model.Int32(0) != SchemaVersion)
            throw new ConversionException($"TFLite schema {model.Int32(0)}; {SchemaVersion} can be read");
        // Old files keep the operator's number in a byte (field 0), newer ones in field 3; the larger one counts.
        int[] codes = [.. model.Tables(1).Select(code => Math.Max((int)code.Int8(0), code.Int32(3)))];
        if (model.Tables(2) is not [var graph, ..])
            throw new ConversionException("the TFLite file has no graph");
        ReadOnlyMemory<byte>[] buffers = [.. model.Tables(4).Select(buffer => buffer.Bytes(0))];
        TfLiteTensor[] tensors =
        [
            .. graph
                .Tables(0)
                .Select(tensor => new TfLiteTensor(
                    tensor.Text(3),
                    (TfLiteType)tensor.Int8(1),
                    tensor.Int32s(0),
                    Pick(buffers, tensor.Int32(2), "buffer")
                )),
        ];
        TfLiteOperator[] operators =
        [
            .. graph
                .Tables(3)
                .Select(op => new TfLiteOperator(
                    (TfLiteOperation)Pick(codes, op.Int32(0), "operator code"),
                    Checked(op.Int32s(1)),
                    Checked(op.Int32s(2)),
                    op.Has(4) ? TfLiteSettings.Read((TfLiteOperation)Pick(codes, op.Int32(0), "operator code"), op.Table(4)) : new()
                )),
        ];
        return new(tensors, operators, Checked(graph.Int32s(1)), Checked(graph.Int32s(2)));

        int[] Checked(int[] indexes) =>
            indexes.All(i => i >= -1 && i < tensors.Length)
                ? indexes
                : throw new ConversionException("an operator names a tensor that is not there");
    }

    private static T Pick<T>(T[] items, int index, string what) =>
        (uint)index < (uint)items.Length
            ? items[index]
            : throw new ConversionException($"the TFLite file names {what} {index}, there are {items.Length}");
}

/// <summary>One tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Sizes of its axes; feature maps are [batch, height, width, channels].</param>
/// <param name="Data">The elements of a constant; empty otherwise.</param>
internal sealed record TfLiteTensor(string Name, TfLiteType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data);

/// <summary>One operation.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Inputs">Tensors it takes; -1 where an optional one is left out.</param>
/// <param name="Outputs">Tensors it gives.</param>
/// <param name="Settings">Its settings.</param>
internal sealed record TfLiteOperator(
    TfLiteOperation Operation,
    IReadOnlyList<int> Inputs,
    IReadOnlyList<int> Outputs,
    TfLiteSettings Settings
);
