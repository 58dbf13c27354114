namespace Semblance.Gallery;

/// <summary>What an upgrade did.</summary>
/// <param name="Bound">People who were bound to the log.</param>
/// <param name="Measured">References whose baseline was measured against the cohort of the contract.</param>
/// <param name="Contract">The contract from now on.</param>
public sealed record GalleryUpgrade(int Bound, int Measured, GalleryContract Contract);
