namespace Semblance.Evaluation.Speed;

/// <summary>One 12-megapixel photograph through the line.</summary>
/// <param name="Milliseconds">From encoded bytes to embeddings.</param>
/// <param name="Decode">Decoding in it.</param>
/// <param name="Detect">Detection in it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Enlarged">Whether a smaller photograph was enlarged because none of that size was given.</param>
public sealed record LargePhotograph(double Milliseconds, double Decode, double Detect, int Width, int Height, bool Enlarged);
