namespace Semblance.Gallery.Identifying;

/// <summary>How a probe is compared with a person of several references.</summary>
public enum ReferenceFusion
{
    /// <summary>The most similar reference counts.</summary>
    Best,

    /// <summary>The probe is compared with the normalised mean of the person's unit vectors.</summary>
    Mean,

    /// <summary>As <see cref="Mean"/>, each vector weighted by its norm: clearer pictures count more.</summary>
    NormWeighted,
}
