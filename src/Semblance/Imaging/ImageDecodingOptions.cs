namespace Semblance.Imaging;

/// <summary>How image files are read.</summary>
public sealed record ImageDecodingOptions
{
    /// <summary>100 megapixels.</summary>
    public const long DefaultPixelLimit = 100_000_000;

    /// <summary>The most pixels (width x height) that a header may declare; checked before anything is decoded.</summary>
    public long PixelLimit { get; init; } = DefaultPixelLimit;
}
