namespace Semblance.Imaging;

/// <summary>What all resamplers ask of their arguments.</summary>
internal static class ResampleRegion
{
    /// <exception cref="ArgumentException">A size is not positive or the destination too short.</exception>
    public static void Check(int width, int height, int outWidth, int outHeight, int destination)
    {
        if (width <= 0 || height <= 0)
            throw new ArgumentException($"A region needs positive sizes, got {width} x {height}.");
        if (outWidth <= 0 || outHeight <= 0)
            throw new ArgumentException($"A result needs positive sizes, got {outWidth} x {outHeight}.");
        long needed = 3L * outWidth * outHeight;
        if (destination < needed)
            throw new ArgumentException($"The destination has {destination} values, {needed} are needed.");
    }
}
