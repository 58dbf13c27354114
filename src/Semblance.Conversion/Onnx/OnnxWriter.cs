namespace Semblance.Conversion.Onnx;

/// <summary>Writes models in ONNX's file format (<c>onnx.proto3</c>); field numbers are those of that schema.</summary>
internal static class OnnxWriter
{
    /// <summary>Protocol Buffers allow no message above this, and readers refuse it.</summary>
    private const long LargestFile = int.MaxValue;

    public static void Write(OnnxModel model, Stream stream, CancellationToken cancellationToken)
    {
        ProtoWriter file = new();
        file.Integer(1, OnnxModel.IrVersion);
        file.Text(2, model.Producer);
        file.Message(7, graph => Graph(graph, model.Graph));
        file.Message(8, opset =>
        {
            opset.Text(1, "");
            opset.Integer(2, model.Opset);
        });
        if (file.Length > LargestFile)
            throw new ConversionException($"the graph takes {file.Length} bytes, an ONNX file holds {LargestFile}");
        file.CopyTo(stream, cancellationToken);
    }

    private static void Graph(ProtoWriter to, OnnxGraph graph)
    {
        foreach (OnnxNode node in graph.Nodes)
            to.Message(1, message => Node(message, node));
        to.Text(2, graph.Name);
        foreach (OnnxTensor tensor in graph.Initializers)
            to.Message(5, message => Tensor(message, tensor));
        foreach (OnnxValue value in graph.Inputs)
            to.Message(11, message => Value(message, value));
        foreach (OnnxValue value in graph.Outputs)
            to.Message(12, message => Value(message, value));
    }

    private static void Node(ProtoWriter to, OnnxNode node)
    {
        foreach (string input in node.Inputs)
            to.Text(1, input);
        foreach (string output in node.Outputs)
            to.Text(2, output);
        if (node.Name.Length > 0)
            to.Text(3, node.Name);
        to.Text(4, node.Operator);
        foreach (OnnxAttribute attribute in node.Attributes)
            to.Message(5, message => Attribute(message, attribute));
    }

    private static void Attribute(ProtoWriter to, OnnxAttribute attribute)
    {
        to.Text(1, attribute.Name);
        switch (attribute.Value)
        {
            case float value:
                to.Single(2, value);
                break;
            case long value:
                to.Integer(3, value);
                break;
            case string value:
                to.Text(4, value);
                break;
            case OnnxTensor value:
                to.Message(5, message => Tensor(message, value));
                break;
            case IReadOnlyList<float> values:
                foreach (float value in values)
                    to.Single(7, value);
                break;
            case IReadOnlyList<long> values:
                foreach (long value in values)
                    to.Integer(8, value);
                break;
            default:
                throw new ConversionException($"attribute '{attribute.Name}' of type {attribute.Value.GetType().Name} cannot be written");
        }
        to.Integer(20, (long)OnnxAttributeType.Of(attribute.Value));
    }

    private static void Tensor(ProtoWriter to, OnnxTensor tensor)
    {
        foreach (long size in tensor.Shape)
            to.Integer(1, size);
        to.Integer(2, (long)tensor.Element);
        to.Text(8, tensor.Name);
        to.Elements(9, tensor);
    }

    private static void Value(ProtoWriter to, OnnxValue value)
    {
        to.Text(1, value.Name);
        to.Message(2, type => type.Message(1, tensor =>
            {
                tensor.Integer(1, (long)value.Element);
                tensor.Message(2, shape =>
                {
                    foreach (OnnxAxis axis in value.Shape)
                    {
                        shape.Message(1, dimension =>
                        {
                            if (axis.Name is null)
                                dimension.Integer(1, axis.Size);
                            else
                                dimension.Text(2, axis.Name);
                        });
                    }
                });
            }));
    }
}

/// <summary>The numbers by which the format names types of attributes.</summary>
internal static class OnnxAttributeType
{
    public static int Of(object value) =>
        value switch
        {
            float => 1,
            long => 2,
            string => 3,
            OnnxTensor => 4,
            IReadOnlyList<float> => 6,
            IReadOnlyList<long> => 7,
            _ => 0,
        };
}
