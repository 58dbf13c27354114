using System.Numerics;
using Semblance.Alignment;
using static System.FormattableString;

namespace Semblance.Quality;

/// <summary>
/// Judges how usable a face is for recognition from what can be measured without a network: resolution, sharpness, exposure, pose, and
/// how much of it lies outside the picture. The score is the product of five factors between 0 and 1; each that is below <see
/// cref="ReasonBelow"/> is named with its figure.
/// </summary>
public static class FaceQualityAssessor
{
    /// <summary>A factor below this is a reason.</summary>
    public const double ReasonBelow = 0.7;

    /// <summary>Judges a face.</summary>
    /// <param name="crop">The aligned crop.</param>
    /// <param name="imageWidth">Width of the picture it was cut from, in pixels.</param>
    /// <param name="imageHeight">Height of that picture.</param>
    public static FaceQuality Assess(AlignedFace crop, int imageWidth, int imageHeight)
    {
        ArgumentNullException.ThrowIfNull(crop);
        CropStatistics statistics = CropStatistics.Of(crop.Pixels);
        double side = crop.Size / crop.Transform.Scale;
        double turn = FacePose.TurnOf(crop.Face.Landmarks);
        double inside = InsideFraction(crop, imageWidth, imageHeight);
        double score = 1;
        List<string> reasons = [];
        Judge(Ramp(side, 16, 80), Invariant($"small ({side:0} px across, 80 are plenty)"));
        Judge(Ramp(statistics.Sharpness, 0.015, 0.09), Invariant($"blurred (sharpness {statistics.Sharpness:0.000}, 0.090 is clear)"));
        Judge(Ramp(statistics.Mean, 15, 60), Invariant($"dark (mean brightness {statistics.Mean:0} of 255)"));
        Judge(Ramp(255 - statistics.Mean, 10, 40), Invariant($"overexposed (mean brightness {statistics.Mean:0} of 255)"));
        Judge(Ramp(statistics.Deviation, 5, 25), Invariant($"flat (contrast {statistics.Deviation:0} of 255)"));
        Judge(Ramp(0.9 - turn, 0, 0.55), Invariant($"turned away (nose {turn:0.00} face heights off the middle)"));
        Judge(Ramp(inside, 0.4, 0.9), Invariant($"cut off ({(1 - inside) * 100:0} % outside the picture)"));
        return new(score, reasons);

        void Judge(double factor, string reason)
        {
            score *= factor;
            if (factor < ReasonBelow)
                reasons.Add(reason);
        }
    }

    /// <summary>0 at or below <paramref name="none"/>, 1 at or above <paramref name="full"/>, linear between.</summary>
    private static double Ramp(double value, double none, double full) => Math.Clamp((value - none) / (full - none), 0, 1);

    /// <summary>The fraction of the crop that lies inside the picture, on a grid.</summary>
    private static double InsideFraction(AlignedFace crop, int width, int height)
    {
        const int Cells = 16;
        SimilarityTransform back = crop.Transform.Invert();
        int inside = 0;
        for (int y = 0; y < Cells; y++)
        {
            for (int x = 0; x < Cells; x++)
            {
                Vector2 p = back.Apply(new Vector2(x + 0.5f, y + 0.5f) * crop.Size / Cells);
                if (p.X >= -0.5f && p.Y >= -0.5f && p.X < width && p.Y < height)
                    inside++;
            }
        }
        return inside / (double)(Cells * Cells);
    }
}
