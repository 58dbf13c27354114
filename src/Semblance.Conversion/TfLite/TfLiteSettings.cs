namespace Semblance.Conversion.TfLite;

/// <summary>The settings of an operation that this project reads; field numbers are those of TFLite's schema.</summary>
internal sealed record TfLiteSettings
{
    /// <summary>Whether the input is padded so that the output has ceil(size / stride) positions; otherwise only whole windows
    /// count.</summary>
    public bool SamePadding { get; init; } = true;

    /// <summary>Pixels from one position to the next, horizontally.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>Pixels from one position to the next, vertically.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>Columns of a pooling window.</summary>
    public int FilterWidth { get; init; }

    /// <summary>Rows of a pooling window.</summary>
    public int FilterHeight { get; init; }

    /// <summary>What follows within the operation: 0 nothing, 1 ReLU.</summary>
    public int Activation { get; init; }

    /// <summary>The axis of a concatenation.</summary>
    public int Axis { get; init; }

    /// <summary>Resizing: whether corners are matched instead of edges.</summary>
    public bool AlignCorners { get; init; }

    /// <summary>Resizing: whether pixel centres lie at one half.</summary>
    public bool HalfPixelCenters { get; init; }

    internal static TfLiteSettings Read(TfLiteOperation operation, FlatTable options) =>
        operation switch
        {
            TfLiteOperation.Conv2D => new()
            {
                SamePadding = options.Int8(0) == 0,
                StrideWidth = options.Int32(1),
                StrideHeight = options.Int32(2),
                Activation = options.Int8(3),
            },
            TfLiteOperation.DepthwiseConv2D => new()
            {
                SamePadding = options.Int8(0) == 0,
                StrideWidth = options.Int32(1),
                StrideHeight = options.Int32(2),
                Activation = options.Int8(4),
            },
            TfLiteOperation.MaxPool2D => new()
            {
                SamePadding = options.Int8(0) == 0,
                StrideWidth = options.Int32(1),
                StrideHeight = options.Int32(2),
                FilterWidth = options.Int32(3),
                FilterHeight = options.Int32(4),
                Activation = options.Int8(5),
            },
            TfLiteOperation.Add => new() { Activation = options.Int8(0) },
            TfLiteOperation.Concatenation => new() { Axis = options.Int32(0), Activation = options.Int8(1) },
            TfLiteOperation.ResizeBilinear => new() { AlignCorners = options.Int8(2) != 0, HalfPixelCenters = options.Int8(3) != 0 },
            _ => new(),
        };
}

/// <summary>The operations that this project reads, by their numbers in TFLite's schema.</summary>
internal enum TfLiteOperation
{
    /// <summary>Addition.</summary>
    Add = 0,

    /// <summary>Concatenation along an axis.</summary>
    Concatenation = 2,

    /// <summary>Convolution; kernels are [out, height, width, in].</summary>
    Conv2D = 3,

    /// <summary>Convolution of every channel by itself; kernels are [1, height, width, channels].</summary>
    DepthwiseConv2D = 4,

    /// <summary>From a smaller number format to float32.</summary>
    Dequantize = 6,

    /// <summary>Maximum over windows.</summary>
    MaxPool2D = 17,

    /// <summary>max(x, 0).</summary>
    Relu = 19,

    /// <summary>Another shape for the same numbers.</summary>
    Reshape = 22,

    /// <summary>Linear interpolation to another size.</summary>
    ResizeBilinear = 23,

    /// <summary>Zeros around.</summary>
    Pad = 34,
}

/// <summary>Types of elements, by their numbers in TFLite's schema.</summary>
internal enum TfLiteType
{
    /// <summary>32-bit floating point.</summary>
    Float32 = 0,

    /// <summary>16-bit floating point.</summary>
    Float16 = 1,

    /// <summary>32-bit integers.</summary>
    Int32 = 2,
}
