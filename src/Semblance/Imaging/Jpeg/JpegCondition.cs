namespace Semblance.Imaging.Jpeg;

/// <summary>Whether a JPEG is all there.</summary>
/// <param name="LacksOnlyEnd">Whether everything is there but the two bytes of its end marker, which the decoder insists on.</param>
/// <param name="Refusal">Why it is no picture to work with; null where all, or nearly all, of it is there.</param>
/// <param name="Damage">What is wrong with what is there; null for nothing.</param>
internal readonly record struct JpegCondition(bool LacksOnlyEnd, string? Refusal, string? Damage);
