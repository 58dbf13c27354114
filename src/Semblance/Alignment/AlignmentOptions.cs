namespace Semblance.Alignment;

/// <summary>How crops are cut. A change makes other crops and so another embedding contract.</summary>
public sealed record AlignmentOptions
{
    /// <summary>Side of the crop in pixels: a multiple of 112 or 128.</summary>
    public int Size { get; init; } = ArcFaceTemplate.Size;

    /// <summary>What happens to faces much larger than the crop.</summary>
    public PrefilterMode Prefilter { get; init; } = PrefilterMode.None;

    /// <summary>What departs from the default, as a suffix of the contract.</summary>
    internal string ContractSuffix => Prefilter == PrefilterMode.None ? "" : "+prefilter-area";
}
