namespace Semblance.Client;

/// <summary>A box.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record BoxAnswer(double X, double Y, double Width, double Height);
