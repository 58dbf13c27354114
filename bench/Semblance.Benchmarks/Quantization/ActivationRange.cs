namespace Semblance.Benchmarks.Quantization;

/// <summary>The values that a tensor of a network takes, as 256 steps between two ends of which zero is one step.</summary>
/// <param name="Scale">What one step is worth.</param>
/// <param name="Zero">The step that stands for zero.</param>
internal readonly record struct ActivationRange(float Scale, byte Zero)
{
    private const int Steps = byte.MaxValue;

    /// <summary>Steps between two values; zero is always among them, so that padding stays exact.</summary>
    public static ActivationRange Between(float low, float high)
    {
        (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        float scale = Math.Max(high - low, 1e-6f) / Steps;
        return new(scale, (byte)Math.Clamp(MathF.Round(-low / scale), 0, Steps));
    }
}
