namespace Semblance.Conversion.Checkpoints;

/// <summary>How the numbers of a stored tensor are written; all little-endian.</summary>
internal enum ElementType
{
    Float64,
    Float32,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt8,
    Bool,
}

/// <summary>Sizes and names of element types.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) =>
        type switch
        {
            ElementType.Float64 or ElementType.Int64 => 8,
            ElementType.Float32 or ElementType.Int32 => 4,
            ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
            _ => 1,
        };

    /// <summary>The type of PyTorch's storage class, e.g. <c>HalfStorage</c>, or null.</summary>
    public static ElementType? OfStorage(string name) =>
        name switch
        {
            "DoubleStorage" => ElementType.Float64,
            "FloatStorage" => ElementType.Float32,
            "HalfStorage" => ElementType.Float16,
            "BFloat16Storage" => ElementType.BFloat16,
            "LongStorage" => ElementType.Int64,
            "IntStorage" => ElementType.Int32,
            "ShortStorage" => ElementType.Int16,
            "CharStorage" => ElementType.Int8,
            "ByteStorage" or "UntypedStorage" or "_UntypedStorage" => ElementType.UInt8,
            "BoolStorage" => ElementType.Bool,
            _ => null,
        };

    /// <summary>The type that PyTorch calls <c>torch.float32</c> and so on, without the module, or null.</summary>
    public static ElementType? OfDType(string name) =>
        name switch
        {
            "float64" or "double" => ElementType.Float64,
            "float32" or "float" => ElementType.Float32,
            "float16" or "half" => ElementType.Float16,
            "bfloat16" => ElementType.BFloat16,
            "int64" or "long" => ElementType.Int64,
            "int32" or "int" => ElementType.Int32,
            "int16" or "short" => ElementType.Int16,
            "int8" => ElementType.Int8,
            "uint8" => ElementType.UInt8,
            "bool" => ElementType.Bool,
            _ => null,
        };

    /// <summary>The type of safetensors' name, or null.</summary>
    public static ElementType? OfSafeTensors(string name) =>
        name switch
        {
            "F64" => ElementType.Float64,
            "F32" => ElementType.Float32,
            "F16" => ElementType.Float16,
            "BF16" => ElementType.BFloat16,
            "I64" => ElementType.Int64,
            "I32" => ElementType.Int32,
            "I16" => ElementType.Int16,
            "I8" => ElementType.Int8,
            "U8" => ElementType.UInt8,
            "BOOL" => ElementType.Bool,
            _ => null,
        };
}
