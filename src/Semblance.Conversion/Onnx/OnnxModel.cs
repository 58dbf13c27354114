namespace Semblance.Conversion.Onnx;

/// <summary>An ONNX file: one graph and the operator set it is written in.</summary>
/// <param name="Graph">The network.</param>
/// <param name="Opset">Version of the default operator set.</param>
/// <param name="Producer">What wrote it.</param>
public sealed record OnnxModel(OnnxGraph Graph, long Opset, string Producer)
{
    /// <summary>The operator set that this project writes.</summary>
    public const long CurrentOpset = 17;

    /// <summary>The file format version that goes with <see cref="CurrentOpset"/>.</summary>
    public const long IrVersion = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConversionException">Not an ONNX file, or cut off.</exception>
    public static OnnxModel Read(string path)
    {
        long length = new FileInfo(path).Length;
        return length <= Array.MaxLength
            ? Parse(File.ReadAllBytes(path))
            : throw new ConversionException($"{path}: an ONNX file has at most 2 GB, this one has {length} bytes");
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="ConversionException">Not an ONNX file, or cut off.</exception>
    public static OnnxModel Parse(ReadOnlySpan<byte> file) => OnnxReader.Read(file);

    /// <summary>Writes the file, tensor by tensor, whole or not at all; the same model always gives the same bytes.</summary>
    /// <exception cref="ConversionException">The graph takes more than the 2 GB that the format allows.</exception>
    /// <exception cref="IOException">The file cannot be written; an older one is as it was.</exception>
    public void Write(string path, CancellationToken cancellationToken = default)
    {
        string pending = $"{path}.{Guid.NewGuid():n}";
        try
        {
            using (FileStream file = new(pending, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                OnnxWriter.Write(this, file, cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.Move(pending, path, overwrite: true);
        }
        catch
        {
            File.Delete(pending);
            throw;
        }
    }

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="ConversionException">The graph takes more than the 2 GB that the format allows.</exception>
    public byte[] ToBytes()
    {
        using MemoryStream file = new();
        OnnxWriter.Write(this, file, CancellationToken.None);
        return file.ToArray();
    }
}

/// <summary>A network: nodes in an order in which they can be computed.</summary>
public sealed class OnnxGraph
{
    /// <summary>Name of the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Operations; each stands behind those whose results it takes.</summary>
    public List<OnnxNode> Nodes { get; init; } = [];

    /// <summary>Constants: weights, shapes, axes.</summary>
    public List<OnnxTensor> Initializers { get; init; } = [];

    /// <summary>What is fed in.</summary>
    public List<OnnxValue> Inputs { get; init; } = [];

    /// <summary>What comes out.</summary>
    public List<OnnxValue> Outputs { get; init; } = [];

    /// <summary>The constant of a name, or null.</summary>
    public OnnxTensor? FindInitializer(string name) => Initializers.Find(tensor => tensor.Name == name);
}

/// <summary>One operation.</summary>
/// <param name="Operator">Operator name of the default set, e.g. <c>Conv</c>.</param>
/// <param name="Inputs">Names of what it takes; an empty name leaves an optional one out.</param>
/// <param name="Outputs">Names of what it gives.</param>
/// <param name="Attributes">Its settings.</param>
public sealed record OnnxNode(
    string Operator,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<OnnxAttribute> Attributes
)
{
    /// <summary>Name of the node; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>The setting of a name, or null.</summary>
    public OnnxAttribute? Find(string attribute) => Attributes.FirstOrDefault(a => a.Name == attribute);
}

/// <summary>One setting of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">A <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, <see cref="OnnxTensor"/>, or a list of the first
/// two.</param>
public sealed record OnnxAttribute(string Name, object Value);

/// <summary>The type of a tensor's elements.</summary>
public enum OnnxElement
{
    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>Unsigned bytes.</summary>
    UInt8 = 2,

    /// <summary>Signed bytes.</summary>
    Int8 = 3,

    /// <summary>32-bit integers.</summary>
    Int32 = 6,

    /// <summary>64-bit integers.</summary>
    Int64 = 7,

    /// <summary>16-bit floating point.</summary>
    Float16 = 10,
}

/// <summary>What goes into or comes out of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">Type of its elements.</param>
/// <param name="Shape">Axes: a number, or a name for a free one.</param>
public sealed record OnnxValue(string Name, OnnxElement Element, IReadOnlyList<OnnxAxis> Shape);

/// <summary>One axis of a shape: a size, or a name when it is free.</summary>
/// <param name="Size">The size; 0 when free.</param>
/// <param name="Name">The name of a free axis.</param>
public readonly record struct OnnxAxis(long Size, string? Name)
{
    /// <summary>A fixed axis.</summary>
    public static implicit operator OnnxAxis(long size) => new(size, null);

    /// <summary>A free axis.</summary>
    public static implicit operator OnnxAxis(string name) => new(0, name);
}
