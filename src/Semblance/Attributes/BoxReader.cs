namespace Semblance.Attributes;

/// <summary>Reads what a network that sees a face's box says about one attribute.</summary>
/// <param name="values">The values that the manifest's entry describes.</param>
/// <param name="region">The part of the picture that the network saw, in pixels.</param>
/// <param name="face">What was read before.</param>
/// <returns>The face with the attribute.</returns>
internal delegate FaceAttributes BoxReader(float[] values, (int Left, int Top, int Width, int Height) region, FaceAttributes face);
