using Semblance.Imaging;

namespace Semblance.Alignment;

/// <summary>The image positions of a crop's pixels: row by row in double precision, along a row in single precision.</summary>
internal readonly struct WarpGrid
{
    /// <summary>Weights are in units of 2^-14: their products with bytes fit the processor's 16-bit multiply and add.</summary>
    public const int WeightBits = 14;

    private readonly SimilarityTransform _back;

    private WarpGrid(SimilarityTransform back) => _back = back;

    /// <summary>Image columns from one crop column to the next.</summary>
    public float StepX => (float)_back.A;

    /// <summary>Image rows from one crop column to the next.</summary>
    public float StepY => (float)_back.B;

    /// <exception cref="ArgumentException">The transform cannot be inverted, the crop is too short, or the view claims more than its
    /// memory.</exception>
    public static WarpGrid Create(in PixelView source, in SimilarityTransform transform, int width, int height, int cropLength)
    {
        source.Validate();
        if (width <= 0 || height <= 0)
            throw new ArgumentException($"A crop needs positive sizes, got {width} x {height}.");
        if (cropLength < 3L * width * height)
            throw new ArgumentException($"{cropLength} bytes cannot hold a crop of {width} x {height}.");
        SimilarityTransform back = transform.Invert();
        if (!double.IsFinite(back.A + back.B + back.Tx + back.Ty))
            throw new ArgumentException($"The transform {transform} cannot be inverted.");
        return new(back);
    }

    /// <summary>Image position of a row's first pixel.</summary>
    public (float X, float Y) RowStart(int y) => ((float)(_back.Tx - _back.B * y), (float)(_back.Ty + _back.A * y));
}
