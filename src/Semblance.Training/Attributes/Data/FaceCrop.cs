namespace Semblance.Training.Attributes.Data;

/// <summary>A face crop in memory.</summary>
/// <param name="Pixels">Row-major, <paramref name="Channels"/> bytes a pixel: RGB, or one for grey.</param>
/// <param name="Side">Pixels across and down.</param>
/// <param name="Channels">3, or 1 for grey.</param>
internal readonly record struct FaceCrop(byte[] Pixels, int Side, int Channels);
