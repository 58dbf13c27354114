using System.Globalization;

namespace Semblance.Training.Identity;

/// <summary>A loss of quality done to aligned crops, for measuring and for training.</summary>
internal abstract record Degradation
{
    private const int SmallestSide = 14,
        LargestSide = 56;
    private const double WeakestBlur = 0.7,
        StrongestBlur = 3.5;
    private const int LowestQuality = 8,
        HighestQuality = 50;

    /// <summary>Changes a crop.</summary>
    public abstract void Apply(CropImage image);

    /// <summary>Reads <c>size:24</c> (made so small by area and enlarged linearly), <c>blur:2</c> (Gaussian, standard deviation in pixels)
    /// or <c>jpeg:20</c> (quality).</summary>
    /// <exception cref="TrainingException">It is none of these.</exception>
    public static Degradation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        if (parts is [var kind, var amount] && double.TryParse(amount, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            if (kind == "size" && value is >= 1 and <= CropImage.Side && value == Math.Floor(value))
                return new SmallSize((int)value, Resampling.Area, Resampling.Linear);
            if (kind == "blur" && value is > 0 and <= 30)
                return new GaussianBlur(value);
            if (kind == "jpeg" && value is >= 1 and <= 100 && value == Math.Floor(value))
                return new JpegCompression((int)value);
        }
        throw new TrainingException(
            $"degradation '{text}' is not known; known are size:24 (side in pixels), blur:2 (standard deviation in pixels) and jpeg:20 "
                + $"(quality)"
        );
    }

    /// <summary>A random one: small (14 to 56 pixels, any way of resizing), blurred (0.7 to 3.5 pixels), strongly compressed (8 to 50), or
    /// a mixture.</summary>
    public static Degradation Random(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double kind = random.NextDouble();
        return kind switch
        {
            < 0.45 => Small(),
            < 0.7 => Blurred(),
            < 0.85 => Compressed(),
            < 0.95 => new InTurn([Small(), Compressed()]),
            _ => new InTurn([Blurred(), Compressed()]),
        };

        SmallSize Small() =>
            new(
                random.Next(SmallestSide, LargestSide + 1),
                random.NextDouble() < 0.6 ? Resampling.Area : (Resampling)random.Next(5),
                random.NextDouble() < 0.6 ? Resampling.Linear : (Resampling)random.Next(5)
            );
        GaussianBlur Blurred() => new(WeakestBlur + (StrongestBlur - WeakestBlur) * random.NextDouble());
        JpegCompression Compressed() => new(random.Next(LowestQuality, HighestQuality + 1));
    }
}

/// <summary>Made small and enlarged again.</summary>
/// <param name="Side">Side in between, in pixels.</param>
/// <param name="Down">How it is made small.</param>
/// <param name="Up">How it is enlarged.</param>
internal sealed record SmallSize(int Side, Resampling Down, Resampling Up) : Degradation
{
    /// <inheritdoc/>
    public override void Apply(CropImage image) => image.Coarsen(Side, Down, Up);
}

/// <summary>Blurred by a Gaussian.</summary>
/// <param name="Sigma">Standard deviation in pixels.</param>
internal sealed record GaussianBlur(double Sigma) : Degradation
{
    /// <inheritdoc/>
    public override void Apply(CropImage image) => image.Blur(Sigma);
}

/// <summary>Compressed as JPEG.</summary>
/// <param name="Quality">1 to 100.</param>
internal sealed record JpegCompression(int Quality) : Degradation
{
    /// <inheritdoc/>
    public override void Apply(CropImage image) => image.Compress(Quality);
}

/// <summary>Several, one after another.</summary>
/// <param name="Parts">In this order.</param>
internal sealed record InTurn(IReadOnlyList<Degradation> Parts) : Degradation
{
    /// <inheritdoc/>
    public override void Apply(CropImage image)
    {
        foreach (Degradation part in Parts)
            part.Apply(image);
    }
}
