using System.Runtime.InteropServices;

namespace Semblance.Conversion.Onnx;

/// <summary>Reads models in ONNX's file format (<c>onnx.proto3</c>); what this project has no use for is passed over.</summary>
internal static class OnnxReader
{
    public static OnnxModel Read(ReadOnlySpan<byte> file)
    {
        OnnxGraph? graph = null;
        long opset = 0;
        string producer = "";
        for (ProtoReader reader = new(file); reader.Next(); )
        {
            if (reader.Field == 2 && reader.Wire == ProtoWire.Length)
                producer = reader.Text;
            else if (reader.Field == 7 && reader.Wire == ProtoWire.Length)
                graph = Graph(reader.Block);
            else if (reader.Field == 8 && reader.Wire == ProtoWire.Length)
                opset = Math.Max(opset, Opset(reader.Block));
        }
        return graph is null || opset == 0
            ? throw new ConversionException("not an ONNX file: it has no graph or no operator set")
            : new(graph, opset, producer);
    }

    private static long Opset(ReadOnlySpan<byte> bytes)
    {
        string domain = "";
        long version = 0;
        for (ProtoReader reader = new(bytes); reader.Next(); )
        {
            if (reader.Field == 1)
                domain = reader.Text;
            else if (reader.Field == 2)
                version = (long)reader.Number;
        }
        return domain.Length == 0 ? version : 0;
    }

    private static OnnxGraph Graph(ReadOnlySpan<byte> bytes)
    {
        string name = "";
        List<OnnxNode> nodes = [];
        List<OnnxTensor> initializers = [];
        List<OnnxValue> inputs = [],
            outputs = [];
        for (ProtoReader reader = new(bytes); reader.Next(); )
        {
            switch (reader.Field)
            {
                case 1:
                    nodes.Add(Node(reader.Block));
                    break;
                case 2:
                    name = reader.Text;
                    break;
                case 5:
                    initializers.Add(Tensor(reader.Block));
                    break;
                case 11:
                    inputs.Add(Value(reader.Block));
                    break;
                case 12:
                    outputs.Add(Value(reader.Block));
                    break;
            }
        }
        // Old files list their weights among the inputs as well.
        HashSet<string> constants = [.. initializers.Select(tensor => tensor.Name)];
        inputs.RemoveAll(value => constants.Contains(value.Name));
        return new()
        {
            Name = name,
            Nodes = nodes,
            Initializers = initializers,
            Inputs = inputs,
            Outputs = outputs,
        };
    }

    private static OnnxNode Node(ReadOnlySpan<byte> bytes)
    {
        List<string> inputs = [],
            outputs = [];
        List<OnnxAttribute> attributes = [];
        string name = "",
            type = "";
        for (ProtoReader reader = new(bytes); reader.Next(); )
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text);
                    break;
                case 2:
                    outputs.Add(reader.Text);
                    break;
                case 3:
                    name = reader.Text;
                    break;
                case 4:
                    type = reader.Text;
                    break;
                case 5:
                    attributes.Add(Attribute(reader.Block));
                    break;
            }
        }
        return new(type, inputs, outputs, attributes) { Name = name };
    }

    private static OnnxAttribute Attribute(ReadOnlySpan<byte> bytes)
    {
        string name = "";
        long type = 0;
        object? value = null;
        List<long> longs = [];
        List<float> floats = [];
        for (ProtoReader reader = new(bytes); reader.Next(); )
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text;
                    break;
                case 2:
                    value = reader.Single;
                    break;
                case 3:
                    value = (long)reader.Number;
                    break;
                case 4:
                    value = reader.Text;
                    break;
                case 5:
                    value = Tensor(reader.Block);
                    break;
                case 7:
                    reader.Collect(floats);
                    break;
                case 8:
                    reader.Collect(longs);
                    break;
                case 20:
                    type = (long)reader.Number;
                    break;
            }
        }
        // A list may be empty, so its type decides; a single value that equals its default is left out by some writers.
        value = type switch
        {
            6 => floats,
            7 => longs,
            1 => value ?? 0f,
            2 => value ?? 0L,
            3 => value ?? "",
            _ => value,
        };
        return value is null
            ? throw new ConversionException($"attribute '{name}' has a type ({type}) that cannot be read")
            : new(name, value);
    }

    private static OnnxTensor Tensor(ReadOnlySpan<byte> bytes)
    {
        string name = "";
        OnnxElement element = 0;
        List<long> shape = [],
            longs = [];
        List<float> floats = [];
        byte[]? raw = null;
        for (ProtoReader reader = new(bytes); reader.Next(); )
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Collect(shape);
                    break;
                case 2:
                    element = (OnnxElement)reader.Number;
                    break;
                case 4:
                    reader.Collect(floats);
                    break;
                case 7:
                    reader.Collect(longs);
                    break;
                case 8:
                    name = reader.Text;
                    break;
                case 9:
                    raw = reader.Block.ToArray();
                    break;
            }
        }
        raw ??=
            element == OnnxElement.Int64
                ? MemoryMarshal.AsBytes<long>(CollectionsMarshal.AsSpan(longs)).ToArray()
                : MemoryMarshal.AsBytes<float>(CollectionsMarshal.AsSpan(floats)).ToArray();
        CheckSize(name, element, shape, raw.Length);
        return new(name, element, shape, raw);
    }

    private static void CheckSize(string name, OnnxElement element, List<long> shape, int bytes)
    {
        int each = element switch
        {
            OnnxElement.Float or OnnxElement.Int32 => 4,
            OnnxElement.Int64 => 8,
            OnnxElement.Float16 => 2,
            OnnxElement.UInt8 or OnnxElement.Int8 => 1,
            _ => throw new ConversionException($"tensor '{name}' has elements of a type ({(int)element}) that cannot be read"),
        };
        Int128 expected = shape.Aggregate((Int128)each, (product, size) =>
            size < 0 || product > int.MaxValue ? Int128.MaxValue >> 64 : product * size
        );
        if (expected != bytes)
            throw new ConversionException($"tensor '{name}' has {bytes} bytes, its shape [{string.Join(", ", shape)}] needs {expected}");
    }

    private static OnnxValue Value(ReadOnlySpan<byte> bytes)
    {
        string name = "";
        OnnxElement element = 0;
        List<OnnxAxis> shape = [];
        for (ProtoReader value = new(bytes); value.Next(); )
        {
            if (value.Field == 1)
                name = value.Text;
            if (value.Field != 2)
                continue;
            for (ProtoReader type = new(value.Block); type.Next(); )
            {
                if (type.Field != 1)
                    continue;
                for (ProtoReader tensor = new(type.Block); tensor.Next(); )
                {
                    if (tensor.Field == 1)
                        element = (OnnxElement)tensor.Number;
                    if (tensor.Field == 2)
                        Shape(tensor.Block, shape);
                }
            }
        }
        return new(name, element, shape);
    }

    private static void Shape(ReadOnlySpan<byte> bytes, List<OnnxAxis> shape)
    {
        for (ProtoReader reader = new(bytes); reader.Next(); )
        {
            if (reader.Field != 1)
                continue;
            OnnxAxis axis = "";
            for (ProtoReader dimension = new(reader.Block); dimension.Next(); )
                axis = dimension.Field == 1 ? (long)dimension.Number : dimension.Text;
            shape.Add(axis);
        }
    }
}
