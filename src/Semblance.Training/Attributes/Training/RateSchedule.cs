namespace Semblance.Training.Attributes.Training;

/// <summary>A linear rise, then half a cosine down to zero (Loshchilov, Hutter, ICLR 2017).</summary>
internal static class RateSchedule
{
    /// <summary>The factor of the highest rate at a point of the run.</summary>
    /// <param name="done">Share of the run, 0 to 1.</param>
    /// <param name="warmUp">Share over which the rate rises.</param>
    public static double At(double done, double warmUp) =>
        done < warmUp ? 0.1 + 0.9 * done / warmUp : 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (done - warmUp) / (1 - warmUp))));
}
