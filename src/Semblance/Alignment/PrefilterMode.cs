namespace Semblance.Alignment;

/// <summary>What is done against aliasing when a face is much larger than its crop.</summary>
public enum PrefilterMode
{
    /// <summary>Nothing: every crop pixel is interpolated between four image pixels, as the reference code does.</summary>
    None,

    /// <summary>A face more than twice as large as the crop is first averaged down by a whole factor, so that every image pixel
    /// counts.</summary>
    Area,
}
